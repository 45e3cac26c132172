from contacts import main

main()

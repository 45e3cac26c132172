null > 1

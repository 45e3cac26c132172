with builtins;
[ (substring 0 3 "snakes") (substring 2 (-1) "snakes") (substring 10 5 "snakes") (substring 3 100 "snakes") (substring 0 0 "x") (substring 1 2 "abc") ]

[ (builtins.match "^abc$" "abc") (builtins.split "^a" "aaa") (builtins.split "a$" "aaa") ]

with builtins;
map parseDrvName [ "python3-3.13.5" "flask-3" "name" "a-b-c" "nix-2.34pre" "x-1-y-2" "" ]

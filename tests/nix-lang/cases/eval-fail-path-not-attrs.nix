builtins.path ./lib

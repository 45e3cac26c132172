builtins.path { path = ./lib; nmae = "x"; }

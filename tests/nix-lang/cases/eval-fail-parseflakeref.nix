builtins.parseFlakeRef "::"

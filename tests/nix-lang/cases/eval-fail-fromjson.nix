builtins.fromJSON "{ nope"

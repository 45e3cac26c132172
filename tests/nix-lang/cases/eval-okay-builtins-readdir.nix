builtins.readDir ./lib/folder

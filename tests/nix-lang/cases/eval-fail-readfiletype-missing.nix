builtins.readFileType ./none

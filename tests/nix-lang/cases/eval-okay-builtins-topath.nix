[ (builtins.toPath "/a/../b") (builtins.isPath (/. + "x")) ]

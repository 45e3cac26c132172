builtins.filterSource (path: type: type == "directory" || baseNameOf path == "a.txt") ./lib/folder

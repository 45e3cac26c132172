[
  (builtins.path { path = ./lib/folder; name = "folder"; })
  (builtins.path { path = ./lib/text.txt; name = "text"; recursive = false; })
  (builtins.path { path = ./lib/folder; name = "some"; filter = path: type: baseNameOf path != "b.txt"; })
]

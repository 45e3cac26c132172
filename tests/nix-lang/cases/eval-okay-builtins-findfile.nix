baseNameOf (builtins.findFile [ { prefix = "lib"; path = ./lib; } ] "lib/text.txt")

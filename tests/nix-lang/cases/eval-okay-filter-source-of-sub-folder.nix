(builtins.path { path = ./lib; name = "sub"; filter = path: type: type != "symlink" && !(builtins.elem (baseNameOf path) [ "broken.nix" "throws.nix" ]); })

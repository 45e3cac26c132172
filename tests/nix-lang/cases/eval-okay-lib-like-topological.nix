let
  deps = { a = [ "b" "c" ]; b = [ "c" ]; c = [ ]; };
  visit = seen: name: if builtins.elem name seen then seen else builtins.foldl' visit seen deps.${name} ++ [ name ];
in
builtins.foldl' visit [ ] (builtins.attrNames deps)

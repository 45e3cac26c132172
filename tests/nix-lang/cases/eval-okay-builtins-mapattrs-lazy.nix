(builtins.mapAttrs (name: value: if name == "a" then 1 else throw "b") { a = 0; b = 0; }).a

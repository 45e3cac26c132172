let
  s = {
    name = "snake";
    __toString = self: "the ${self.name}";
  };
in
[ "${s}" (toString s) ("${s // { name = "python"; }}" + "!") ]

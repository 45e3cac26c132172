let
  d = derivation { name = "d"; system = "x"; builder = "b"; };
in
builtins.substring 0 11 "${d}/bin"

let
  d = derivation { name = "d"; system = "x"; builder = "b"; };
in
builtins.getContext "${d} ${d.drvPath} ${builtins.toFile "f" "x"}"

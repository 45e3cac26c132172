let
  d = derivation { name = "d"; system = "x"; builder = "b"; };
in
[ ("${d}" == d.outPath) (d.out == d) (toString d == "${d}") (d.type == "derivation") ]

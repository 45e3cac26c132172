let
  d = derivation { name = "d"; system = "x"; builder = d; };
in
d.drvPath

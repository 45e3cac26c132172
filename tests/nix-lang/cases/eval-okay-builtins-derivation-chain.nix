let
  make = n: derivation { name = "chain-${toString n}"; system = "x"; builder = "b"; input = if n == 0 then "none" else make (n - 1); };
in
(make 20).outPath

let
  s = builtins.listToAttrs (builtins.genList (n: { name = "n${toString n}"; value = n; }) 500);
in
[ (builtins.length (builtins.attrNames s)) s.n499 (s // { n0 = "new"; }).n0 ]

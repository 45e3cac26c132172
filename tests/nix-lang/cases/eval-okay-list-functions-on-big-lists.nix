let
  big = builtins.genList (x: x) 10000;
in
[
  (builtins.foldl' builtins.add 0 big)
  (builtins.length (builtins.filter (x: builtins.bitAnd x 1 == 0) big))
  (builtins.elemAt (map (x: x * 2) big) 9999)
  (builtins.length (builtins.concatMap (x: [ x x ]) big))
]

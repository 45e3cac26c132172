with builtins;
[
  (length [ 1 2 3 ])
  (head [ 1 2 ])
  (tail [ 1 2 3 ])
  (elemAt [ 1 2 3 ] 1)
  (elem 2 [ 1 2 ])
  (elem "x" [ 1 2 ])
  (concatLists [ [ 1 ] [ ] [ 2 3 ] ])
  (concatMap (x: [ x x ]) [ 1 2 ])
  (genList (x: x * x) 5)
  (filter (x: x > 1) [ 1 2 3 ])
  (map (x: x + 1) [ 1 2 ])
  (isList [ ])
]

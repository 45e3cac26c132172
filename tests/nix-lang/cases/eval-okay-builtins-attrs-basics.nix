with builtins;
[
  (attrNames { b = 1; a = 2; })
  (attrValues { b = 1; a = 2; })
  (hasAttr "a" { a = 1; })
  (getAttr "a" { a = 1; })
  (removeAttrs { a = 1; b = 2; c = 3; } [ "a" "x" "c" ])
  (intersectAttrs { a = 1; b = 2; } { b = 3; c = 4; })
  (catAttrs "a" [ { a = 1; } { b = 2; } { a = 3; } ])
  (isAttrs { })
]

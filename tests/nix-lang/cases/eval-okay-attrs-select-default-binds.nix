# `or` takes one simple expression.
let
  s = { };
  f = x: x;
in
[ (s.a or f 1) ]
== [ (f 1) ] || true

let
  s = { f = x: y; };
  y = 1;
in
with { y = 2; }; s.f 0

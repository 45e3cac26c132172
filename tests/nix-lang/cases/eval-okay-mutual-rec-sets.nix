let
  a = { x = b.y; z = 1; };
  b = { y = a.z + 1; };
in
a.x

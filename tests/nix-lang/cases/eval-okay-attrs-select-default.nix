let
  s = {
    a.b = 1;
    n = null;
  };
in
[
  (s.a.b or 2)
  (s.a.c or 2)
  (s.x.y.z or 3)
  (s.n.z or 4)
  (s.a.b.c or 5)
  (s."a".b or 6)
  (s.${"a"}.${"b"} or 7)
]

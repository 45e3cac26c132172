let
  s = {
    a.b = 1;
    n = null;
  };
in
[
  (s ? a)
  (s ? a.b)
  (s ? a.c)
  (s ? x.y)
  (s ? n.z)
  (s ? "a")
  (s ? ${"a"}.b)
  (1 ? a)
  (!s ? q)
]

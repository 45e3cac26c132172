# An int and a float give a float.
[
  (1 + 2.5)
  (1.5 * 2)
  (5 / 2.0)
  (3 - 0.5)
  (1 == 1.0)
  (1 < 1.5)
  (builtins.typeOf (1 + 1.0))
]

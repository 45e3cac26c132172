# Multiplication binds tighter than addition, negation tighter than both; division truncates towards zero.
[
  (1 + 2 * 3)
  (-2 * 3)
  (7 / 2)
  (-7 / 2)
  (7 - 2 - 1)
  (8 / 4 / 2)
  (-(-3))
]

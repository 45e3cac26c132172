# Floats print with six significant digits.
[
  0.1
  1.0
  100000.0
  1000000.0
  12345678.9
  1.0e-5
  3.14159265358979
  .5
  1.5e300
  (-0.0)
  (1.0 / 3)
]

# The right side is not looked at where the left decides.
[
  (false && throw "no")
  (true || throw "no")
  (false -> throw "no")
  (true -> false)
  (!true || !false)
]

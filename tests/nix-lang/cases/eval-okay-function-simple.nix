[
  ((x: x) 1)
  ((x: y: x - y) 5 3)
  ((_: 2) (throw "unused"))
  ((x': x') 3)
]

let
  counter = {
    step = 2;
    __functor = self: x: x + self.step;
  };
in
[
  (counter 1)
  (map counter [ 1 2 ])
  ((counter // { step = 10; }) 1)
]

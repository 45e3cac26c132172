let
  f = {
    __functor = self: {
      __functor = inner: x: x * 2;
    };
  };
in
f 21

let
  x = {
    y = z: w;
  };
in
x

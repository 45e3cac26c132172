let
  x = {
    a = 1;
    b = throw "not asked";
    c.d = abort "neither";
  };
in
x.a

let
  twice = f: x: f (f x);
  bad = x: x + "1";
in
twice bad 1

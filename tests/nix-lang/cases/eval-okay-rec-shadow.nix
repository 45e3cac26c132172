let
  a = 1;
in
rec {
  a = 2;
  b = a;
  c = let a = 3; in a;
}

# A plain inherit in a rec set takes the name from outside.
let
  a = 1;
in
rec {
  inherit a;
  b = a + 1;
}

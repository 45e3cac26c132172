# A value that occurs twice is printed in full where it is not inside itself.
let
  x = { a = [ 1 ]; };
in
[ x x ]

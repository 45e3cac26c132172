# A name bound by let, a function or a rec set wins over `with`.
let
  a = 1;
in
with { a = 2; b = 3; }; [ a b ]

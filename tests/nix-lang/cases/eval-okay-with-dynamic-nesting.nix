let
  f = s: with s; with { c = a; }; [ a c ];
in
[ (f { a = 1; }) (f { a = 2; c = 9; }) ]

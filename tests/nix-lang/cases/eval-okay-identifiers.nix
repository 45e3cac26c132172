let
  a-b = 1;
  a' = 2;
  _ = 3;
  a1 = 4;
  true' = 5;
in
[ a-b a' _ a1 true' ]

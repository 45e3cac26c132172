let
  snake = 1;
in
snak + 1

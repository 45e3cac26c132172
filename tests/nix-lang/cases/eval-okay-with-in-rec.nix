rec {
  s = { x = 1; };
  y = with s; x;
}

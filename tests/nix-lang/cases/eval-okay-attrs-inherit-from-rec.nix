# The source of inherit sees the names of the rec set.
rec {
  s = { a = 1; };
  inherit (s) a;
  b = a + 1;
}

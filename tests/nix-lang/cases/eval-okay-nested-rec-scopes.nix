rec {
  a = 1;
  b = rec {
    c = a;
    a = 2;
    d = { inherit a; e = rec { f = a; }; };
  };
}

rec {
  a = b;
  b = c;
  c = 3;
  even = n: if n == 0 then true else odd (n - 1);
  odd = n: if n == 0 then false else even (n - 1);
  result = even 10;
  list = [ a b c ];
}.result

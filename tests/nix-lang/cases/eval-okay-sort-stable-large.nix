let
  list = builtins.genList (n: { key = builtins.bitAnd (n * 7919) 15; inherit n; }) 200;
  sorted = builtins.sort (a: b: a.key < b.key) list;
  pairs = builtins.genList (i: { a = builtins.elemAt sorted i; b = builtins.elemAt sorted (i + 1); }) 199;
in
builtins.all (p: p.a.key < p.b.key || (p.a.key == p.b.key && p.a.n < p.b.n)) pairs

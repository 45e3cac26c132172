let
  s = { a = throw "not the default"; };
in
[ (s.b or 1) (builtins.tryEval (s.a or 2)).success ]

# Items that stand at one place are equal without a look inside, functions too; but they are forced.
let
  f = x: x;
  s = { inherit f; };
  l = [ [ (throw "not looked at") ] f ];
  forced = { a = throw "forced"; };
in
[
  (f == f)
  (s == s)
  (l == l)
  ([ l ] == [ l ])
  ([ s ] == [ { f = x: x; } ])
  ({ inherit s; } == { inherit s; })
  (builtins.tryEval (forced == forced)).success
]

let
  safe = x: let r = builtins.tryEval x; in if r.success then r.value else "caught";
in
[ (safe (throw "a")) (safe (safe (throw "b") + "!")) (safe (assert 1 == 2; 3)) (safe 4) ]

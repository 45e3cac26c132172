with builtins;
[
  (tryEval 1)
  (tryEval (throw "a"))
  (tryEval (assert false; 1))
  (tryEval { a = throw "lazy"; }).success
  (tryEval (deepSeq { a = throw "deep"; } 1))
  (tryEval (if (tryEval (throw "x")).success then 1 else 2))
]

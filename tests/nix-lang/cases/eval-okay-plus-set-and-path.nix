# A set on the left leaves a path on the right as it is; a string copies it to the store.
[
  ({ outPath = "x"; } + /a)
  ({ outPath = /a; } + "b")
  ({ __toString = self: "s"; } + { outPath = /c; })
  (builtins.tryEval ({ __toString = self: throw "t"; } + abort "never")).success
]

[
  (({ a, ... }@args: args.b) { a = 1; b = 2; })
  ((args@{ a, ... }: args.c) { a = 1; c = 3; })
  (({ a ? 5 }@args: args ? a) { })
  (({ a ? args.b, ... }@args: a) { b = 7; })
]

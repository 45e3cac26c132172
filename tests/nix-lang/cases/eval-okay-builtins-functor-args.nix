builtins.functionArgs (args@{ a, b ? 1, ... }: a)

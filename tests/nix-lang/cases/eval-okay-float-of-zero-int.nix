# An int has no negative zero.
[ (-1 / 7 * 0.5) (0 * -1 * 0.5) (-1 / 7 + -0.0) ((-1) / 7 * 1.0) (builtins.toJSON ((n: -n) 0 * 0.5)) (-0.0) ]

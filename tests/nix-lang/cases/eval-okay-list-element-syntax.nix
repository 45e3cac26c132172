# Selection binds tighter than the list's spaces; application needs parentheses.
let
  f = x: x + 1;
  a.b = 2;
in
map (x: if builtins.isFunction x then "function" else x) [ f a.b (f 1) a.c or 3 ]

# The first of two equal names wins.
builtins.listToAttrs [
  { name = "a"; value = 1; }
  { name = "b"; value = 2; extra = 0; }
  { name = "a"; value = 3; }
]

builtins.concatStringsSep "," (
  map (x: x + 1) [
    "a"
    "b"
  ]
)

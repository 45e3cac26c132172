let
  flake = builtins.getFlake "path:${toString ./flake}";
in
[
  flake.answer
  flake.hash
  flake.text
  flake._type
  (builtins.attrNames flake)
  (builtins.attrNames flake.inputs)
]

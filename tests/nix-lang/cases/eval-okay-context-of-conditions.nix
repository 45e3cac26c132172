let
  d = derivation { name = "d"; system = "x"; builder = "b"; };
  keys = s: builtins.attrNames (builtins.getContext s);
in
[
  (builtins.length (keys "${d}${d}"))
  (keys ("a" + "b"))
  (builtins.length (keys (builtins.concatStringsSep "" [ "${d}" "${builtins.toFile "f" "x"}" ])))
]

let
  d = derivation { name = "d"; system = "x"; builder = "b"; };
  has = builtins.hasContext;
in
[
  (has "${d}")
  (has (builtins.substring 0 1 "${d}"))
  (has (builtins.substring 0 0 "${d}"))
  (has (builtins.replaceStrings [ "x" ] [ "y" ] "${d}"))
  (has (builtins.concatStringsSep "${d}" [ "a" ]))
  (has (builtins.unsafeDiscardStringContext "${d}"))
  (has (baseNameOf "${d}"))
  (has (builtins.toJSON { a = "${d}"; }))
  (has (toString [ "${d}" ]))
  (has (builtins.head (builtins.match "(.*)" "${d}")))
]

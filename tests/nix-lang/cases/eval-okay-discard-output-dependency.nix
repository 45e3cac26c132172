let
  d = derivation { name = "d"; system = "x"; builder = "b"; };
in
[
  (builtins.attrValues (builtins.getContext d.drvPath))
  (builtins.attrValues (builtins.getContext (builtins.unsafeDiscardOutputDependency d.drvPath)))
  (builtins.attrValues (builtins.getContext (builtins.addDrvOutputDependencies (builtins.unsafeDiscardOutputDependency d.drvPath))))
]

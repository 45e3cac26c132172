let
  d = derivation { name = "d"; system = "x"; builder = "b"; };
in
builtins.getContext (builtins.appendContext "plain" { ${builtins.unsafeDiscardStringContext d.drvPath} = { outputs = [ "out" ]; }; })

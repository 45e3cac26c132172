(derivation { name = "n"; system = "x"; builder = "b"; outputs = [ "out" "out" ]; }).drvPath

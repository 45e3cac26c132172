(derivation { name = "n"; system = "x"; builder = "b"; f = x: x; }).drvPath

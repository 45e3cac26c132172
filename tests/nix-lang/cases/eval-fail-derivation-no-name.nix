(derivation { system = "x"; builder = "b"; }).drvPath

(derivation { name = "n"; system = "x"; }).drvPath

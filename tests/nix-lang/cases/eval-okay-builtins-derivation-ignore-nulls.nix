(derivation { name = "n"; system = "x"; builder = "b"; a = null; __ignoreNulls = true; }).drvPath

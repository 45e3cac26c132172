(derivation { name = "j"; system = "s"; builder = "b"; __json = "[1]"; }).drvPath

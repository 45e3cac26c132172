(derivation { name = "n"; system = "x"; builder = "b"; outputHash = "short"; outputHashAlgo = "sha256"; }).drvPath

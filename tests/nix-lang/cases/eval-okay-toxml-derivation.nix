builtins.toXML (derivation { name = "d"; system = "x"; builder = "b"; })

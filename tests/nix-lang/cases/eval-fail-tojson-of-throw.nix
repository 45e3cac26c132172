builtins.toJSON { a = [ (throw "inside") ]; }

builtins.intersectAttrs { a = throw "unused"; c = 1; } { a = 1; b = 2; }

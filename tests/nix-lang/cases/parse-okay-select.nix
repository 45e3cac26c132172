a: b: c: d: f: [ a.b (a.b.c or d) a."x y" a.${b} (f a.b c) (a.b c) ]

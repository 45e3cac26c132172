a: b: [ (a ? b) (a ? b.c) (a ? "x y") (a ? ${b}) (a ? ${b}.c) ]

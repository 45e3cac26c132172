builtins.elemAt (builtins.genList (n: if n == 3 then throw "three" else n) 5) 4

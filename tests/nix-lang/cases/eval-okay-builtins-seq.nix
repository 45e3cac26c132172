with builtins;
[ (seq 1 2) (seq { a = throw "lazy"; } 3) (deepSeq { a = [ 1 { b = 2; } ]; } 4) ]

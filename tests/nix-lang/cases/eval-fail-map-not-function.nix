builtins.deepSeq (map 1 [ 1 ]) 1

let x = let y = 1; in y; in let z = x; in z

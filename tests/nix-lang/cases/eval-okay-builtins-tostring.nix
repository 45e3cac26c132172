map toString [ 1 "a" true false null [ 1 [ 2 3 ] "x" [ ] ] /a/b 1.5 [ true null ] { __toString = self: "own"; } ]

map (x: x.key) (builtins.genericClosure { startSet = [ { key = 3; } { key = 1; } ]; operator = { key }: if key < 6 then [ { key = key + 2; } { key = key * 2; } ] else [ ]; })

d: let a = 1; b = rec { c = a; inherit (d) e; }; in with b; assert c == 1; [ a b c ]

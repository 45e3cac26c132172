x: y: z: q: { a.b.c = 1; a.b.d = 2; inherit x y; inherit (z) w; ${q} = 1; "s t" = 2; }

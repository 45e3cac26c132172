({ a ? throw "a", b }: b) { b = 1; }

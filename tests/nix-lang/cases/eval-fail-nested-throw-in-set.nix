{ a.b = throw "in a set"; }

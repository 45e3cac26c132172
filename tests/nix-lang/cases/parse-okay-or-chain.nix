a: b: a.x or b.y or 1

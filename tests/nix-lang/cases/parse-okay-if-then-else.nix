a: b: c: if a then b else c

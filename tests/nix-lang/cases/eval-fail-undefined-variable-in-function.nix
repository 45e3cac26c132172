x: y: x + z

b: y: [ "a" "a${b}c" ''x ${y} z'' "\n\t\"" ''
  one
    two
'' ]

(derivation {
  name = "s";
  system = "x";
  builder = "b";
  __structuredAttrs = true;
  list = [ 1 "a" [ true null ] ];
  set = { x = 1.5; };
  outputs = [ "out" "doc" ];
}).drvPath

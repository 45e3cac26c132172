let
  value = { a = [ 1 2.5 "x" null true ]; "b c" = { d = "\"\\\n"; }; };
in
builtins.fromJSON (builtins.toJSON value) == value

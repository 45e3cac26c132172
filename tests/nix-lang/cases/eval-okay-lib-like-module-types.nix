let
  check = { int = builtins.isInt; str = builtins.isString; bool = builtins.isBool; };
  options = { port = "int"; host = "str"; debug = "bool"; };
  config = { port = 5000; host = "localhost"; debug = false; };
in
builtins.mapAttrs (name: type: if check.${type} config.${name} then config.${name} else throw "wrong type: ${name}") options

builtins.toJSON {
  snakes = [
    "adder"
    { boa.length = throw "not measured"; }
  ];
}

# What was said of an error on its way out the first time is told again when it is met a second time.
let
  snake = throw "it bites";
  first = builtins.addErrorContext "feeding the snake" snake;
  second = builtins.addErrorContext "cleaning the cage" snake;
in
builtins.seq (builtins.tryEval first) second

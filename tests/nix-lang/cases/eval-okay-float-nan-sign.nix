# On x86 the processor gives a not-a-number that it makes a minus sign; JavaScript does not tell the two apart.
let
  infinite = 1.0e308 * 10;
  positive = (builtins.fromTOML "a = nan").a;
in
[ (infinite - infinite) positive (toString (infinite * 0)) ]

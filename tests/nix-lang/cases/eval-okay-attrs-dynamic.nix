let
  name = "b";
in
{
  a = 1;
  ${name} = 2;
  "c${name}" = 3;
  "d e".f = 4;
  ${"g"}.h = 5;
}

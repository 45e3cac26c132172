let
  n = "b";
in
{
  a.${n}.c = 1;
  a.x = 2;
  ${n}.y = 3;
}

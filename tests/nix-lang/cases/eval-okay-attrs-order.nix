# Printed in the order of the names' bytes.
{
  b = 1;
  a = 2;
  B = 3;
  aa = 4;
  "10" = 5;
  "9" = 6;
  _x = 7;
  "é" = 8;
}

# Two definitions of one attribute merge where both are written as sets.
{
  a = { b = 1; };
  a = { c = 2; };
  x.y = { z = 1; };
  x.y.w = 2;
}

# The first set decides whether the merged one is recursive.
{
  a = rec {
    b = 1;
    c = d;
  };
  a.d = 5;
}

builtins.toXML {
  a = 1;
  b = [ true null "x<y>&\"" 1.5 ];
  c = { a, b ? 1, ... }@args: a;
  d = x: x;
  e = /path;
}

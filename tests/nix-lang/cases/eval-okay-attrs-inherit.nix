let
  x = 1;
  s = {
    a = 2;
    b = 3;
    "c d" = 4;
  };
in
{
  inherit x;
  inherit (s) a b;
  inherit (s) "c d";
  inherit;
  inherit (throw "never asked");
}

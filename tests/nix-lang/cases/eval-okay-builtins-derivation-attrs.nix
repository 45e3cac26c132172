let
  d = derivation { name = "snake"; system = "x86_64-linux"; builder = "/bin/sh"; args = [ "-c" "echo" ]; extra = 1; };
in
{
  inherit (d) name system type outputName drvPath outPath extra;
  again = d.out.outputName;
  keys = builtins.attrNames d;
  same = d == d.out;
}

let
  a = derivation { name = "a"; system = "x"; builder = "b"; };
  b = derivation {
    name = "b";
    system = "x";
    builder = "${a}/bin/builder";
    args = [ a (toString 1) "${builtins.unsafeDiscardOutputDependency a.drvPath}" ];
    list = [ 1 "two" a true null ];
    yes = true;
    no = false;
    nothing = null;
    int = 7;
    text = "x\ny\"z\\";
  };
in
[ b.drvPath b.outPath ]

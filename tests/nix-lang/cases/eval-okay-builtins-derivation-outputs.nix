let
  d = derivation { name = "multi"; system = "x"; builder = "b"; outputs = [ "out" "dev" "lib" ]; };
in
[ d.outPath d.dev.outPath d.lib.outPath d.dev.drvPath (map (o: o.outputName) d.all) "${d.dev}" ]

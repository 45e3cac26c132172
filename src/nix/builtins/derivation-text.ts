/**
 * `derivation`, in the language itself, so that its result is lazy as Nix's is: naming an output costs nothing, and
 * only `drvPath` and `outPath` make the derivation. The function stands in line 30, where messages about it say it is.
 */
export const derivationText = `${"\n".repeat(28)}
drvAttrs@{ outputs ? [ "out" ], ... }:
let
  strict = derivationStrict drvAttrs;
  shared = drvAttrs // builtins.listToAttrs all // {
    all = map (output: output.value) all;
    inherit drvAttrs;
  };
  all = map (outputName: {
    name = outputName;
    value = shared // {
      outPath = strict.\${outputName};
      drvPath = strict.drvPath;
      type = "derivation";
      inherit outputName;
    };
  }) outputs;
in
(builtins.head all).value
`;

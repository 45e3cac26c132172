/**
 * `derivation`, in the language itself, so that its result is lazy as Nix's is: naming an output costs nothing, and
 * only `drvPath` and `outPath` make the derivation.
 */
export const derivationText = `
attributes@{ outputs ? [ "out" ], ... }:
let
  strict = derivationStrict attributes;
  shared = attributes // builtins.listToAttrs all // {
    all = map (output: output.value) all;
    drvAttrs = attributes;
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

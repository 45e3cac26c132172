/**
 * `derivation`, in the language itself, so that its result is lazy as Nix's is: naming an output costs nothing, and
 * only `drvPath` and `outPath` make the derivation. Errors quote its lines by number, so what fails most often stands
 * where it stands in Nix: the function in line 30, `strict` in 37, the paths of an output in 50 and 51.
 */
export const derivationText = `${"\n".repeat(29)}drvAttrs@{
  outputs ? [ "out" ],
  ...
}:

let

  strict = derivationStrict drvAttrs;

  commonAttrs = drvAttrs // builtins.listToAttrs all // {
    all = map (output: output.value) all;
    inherit drvAttrs;
  };


  all = map named outputs;

  named = outputName: {
    name = outputName;
    value = commonAttrs // {
      outPath = builtins.getAttr outputName strict;
      drvPath = strict.drvPath;
      type = "derivation";
      inherit outputName;
    };
  };
in
(builtins.head all).value
`;

{ pkgs, lib }:
{
  # A package that nixpkgs built, in the place of `prev` in a set of pyproject.nix.
  nixpkgsPrebuilt =
    {
      from,
      prev ? {
        passthru = { };
      },
      quiet ? false,
    }:
    let
      hook = lib.findFirst (
        input: input.name == "pyproject-hook"
      ) (throw "Pyproject hook not found in ${prev.drvPath}") prev.nativeBuildInputs;
      python = if prev ? nativeBuildInputs then hook.passthru.python else null;
      theirs = from.pythonModule;
      where = "${from.drvPath} & ${prev.drvPath or "<no-drv>"}";
    in
    assert lib.isDerivation from;
    assert lib.isAttrs prev;
    lib.throwIf (python != null && theirs.pythonVersion != python.pythonVersion)
      "Mismatching Python versions for ${where}: ${theirs.pythonVersion} != ${python.pythonVersion}"
      lib.warnIf
      (!quiet && python != null && theirs != python)
      "Mismatching Python derivations for ${where} ${theirs} != ${python}, beware of ABI compatibility issues"
      (
        pkgs.stdenv.mkDerivation {
          inherit (from) pname version;
          inherit (prev) passthru;
          nativeBuildInputs = [ theirs.pythonOnBuildForHost ];
          dontUnpack = true;
          dontConfigure = true;
          dontBuild = true;
          dontFixup = true;
          installPhase = ''cp -r ${from} "$out"'';
        }
      );
}

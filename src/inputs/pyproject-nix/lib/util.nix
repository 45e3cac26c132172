{ lib, pep440, ... }:
{
  # The interpreters of `pkgs.pythonInterpreters` that suit a project's `requires-python`, the oldest first.
  filterPythonInterpreters =
    {
      requires-python,
      pythonInterpreters,
      pre ? false,
      implementation ? "cpython",
    }:
    let
      suits =
        name:
        let
          python = pythonInterpreters.${name};
          version = pep440.parseVersion python.pythonVersion;
        in
        name != "override"
        && name != "overrideDerivation"
        && !lib.hasSuffix "prebuilt" name
        && !lib.hasSuffix "Minimal" name
        && python.implementation or "" == implementation
        && (pre || (pep440.parseVersion python.version).pre == null)
        && lib.all (each: pep440.comparators.${each.op} version each.version) requires-python;
    in
    map (name: pythonInterpreters.${name}) (
      builtins.filter suits (builtins.attrNames pythonInterpreters)
    );
}

{
  lib,
  pep440,
  pep508,
  pep621,
  pypa,
  ...
}:
{
  # The packages of `python.pkgs` whose version is not what the project asks for: `{ <name> = { version; conditions; }; }`.
  validateVersionConstraints =
    {
      project,
      python,
      # Taken for the sake of old callers: every extra is looked at.
      extras ? [ ],
    }:
    let
      deps = pep621.filterDependenciesByEnviron (pep508.mkEnviron python) [ ] project.dependencies;
      all =
        deps.dependencies ++ lib.concatLists (builtins.attrValues deps.extras) ++ deps.build-systems;
      mismatch =
        dep:
        let
          name = pypa.normalizePackageName dep.name;
          inherit (python.pkgs.${name}) version;
          conditions = builtins.filter (
            each: !pep440.comparators.${each.op} (pep440.parseVersion version) each.version
          ) dep.conditions;
        in
        lib.optional (conditions != [ ]) (lib.nameValuePair name { inherit version conditions; });
    in
    builtins.listToAttrs (lib.reverseList (lib.concatMap mismatch all));
}

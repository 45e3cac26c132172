{ lib, ... }:
{
  # What the packages of a specification need, without these packages.
  deps =
    {
      dependencies ? true,
    }:
    set: spec:
    let
      merge = lib.zipAttrsWith (_: lib.concatLists);
      needs =
        name:
        let
          facts = set.${name}.passthru;
        in
        lib.optional dependencies (facts.dependencies or { })
        ++ map (each: facts.optional-dependencies.${each} or { }) spec.${name}
        ++ map (each: facts.dependency-groups.${each} or { }) spec.${name};
    in
    merge (lib.concatMap needs (builtins.attrNames spec));
}

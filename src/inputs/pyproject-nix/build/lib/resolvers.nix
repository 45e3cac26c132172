# From a specification `{ requests = [ "socks" ]; }` (names, each with extras and groups) to the names of all packages.
{ lib, ... }:
let
  # A package by itself, and once more for each of its extras: "requests", "requests@socks".
  keysOf =
    spec:
    lib.concatMap (name: map (key: { inherit key; }) ([ name ] ++ map (each: "${name}@${each}") spec.${name})) (
      builtins.attrNames spec
    );
  resolve =
    set: spec:
    let
      operator =
        { key }:
        let
          parts = builtins.match "([^@]+)@(.*)" key;
          extra = builtins.elemAt parts 1;
          facts = set.${if parts == null then key else builtins.head parts}.passthru;
          inExtras = facts.optional-dependencies or { };
          inGroups = facts.dependency-groups or { };
        in
        if parts == null then
          keysOf (facts.dependencies or { })
        else if !inExtras ? ${extra} && !inGroups ? ${extra} then
          throw "Extra/group name '${extra}' does not match either extra or dependency group"
        else
          keysOf (inExtras.${extra} or { }) ++ keysOf (inGroups.${extra} or { });
      closure = builtins.genericClosure {
        startSet = keysOf spec;
        inherit operator;
      };
    in
    builtins.filter (name: !lib.hasInfix "@" name) (map (each: each.key) closure);
in
{
  resolveCyclic = resolve;
  # The real one is quicker where nothing depends on itself, and takes names to remember for it.
  resolveNonCyclic = _memoNames: resolve;
}

# What a pyproject.toml asks for: [project], optional dependencies, dependency groups.
{
  lib,
  pep440,
  pep508,
  pep518,
  ...
}:
let
  inherit (builtins) filter mapAttrs;
  at = path: default: lib.attrByPath (lib.splitString "." path) default;
  # The tables of the main place and of further places; then those that are lists there and get a name of their own.
  tables =
    pyproject: main: attrPaths: listPaths:
    builtins.foldl' (all: path: all // at path { } pyproject) main attrPaths
    // lib.filterAttrs (_: list: list != [ ]) (
      lib.mapAttrs' (path: name: lib.nameValuePair name (at path [ ] pyproject)) listPaths
    );
in
{
  parseDependencies =
    {
      pyproject,
      extrasAttrPaths ? [ ],
      extrasListPaths ? { },
      groupsAttrPaths ? [ ],
      groupsListPaths ? { },
    }:
    let
      project = pyproject.project or { };
      extras = tables pyproject (project.optional-dependencies or { }) extrasAttrPaths extrasListPaths;
      groups = mapAttrs (_: builtins.concatMap member) (
        tables pyproject (pyproject.dependency-groups or { }) groupsAttrPaths groupsListPaths
      );
      member =
        each: if builtins.isAttrs each then groups.${each.include-group} else [ (pep508.parseString each) ];
    in
    {
      dependencies = map pep508.parseString (project.dependencies or [ ]);
      extras = mapAttrs (_: map pep508.parseString) extras;
      build-systems = pep518.parseBuildSystems pyproject;
      inherit groups;
    };

  parseRequiresPython = pyproject: pep440.parseVersionConds (pyproject.project.requires-python or "");

  # The dependencies whose markers hold.
  filterDependenciesByEnviron =
    environ: extras: dependencies:
    let
      asked = if extras == [ ] then environ else pep508.setEnviron environ { extra = extras; };
      holding = filter (dep: dep.markers == null || pep508.evalMarkers asked dep.markers);
    in
    {
      dependencies = holding dependencies.dependencies;
      extras = mapAttrs (_: holding) dependencies.extras;
      build-systems = holding dependencies.build-systems;
      groups = mapAttrs (_: holding) dependencies.groups;
    };
}

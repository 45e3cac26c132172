# The empty Python package set that a lock file's overlay fills: hooks, resolvers and `mkVirtualEnv`.
{ lib, resolvers }:
{
  python,
  newScope,
  stdenv,
  pkgs,
  ...
}:
lib.makeScope newScope (final: {
  inherit python stdenv pkgs;
  # Nothing is compiled for another machine here: all sets are this one.
  pythonPkgsBuildHost = final;
  pythonPkgsHostHost = final;

  # What a build system needs, as a list of packages; setuptools where a project names none.
  resolveBuildSystem =
    spec:
    map (name: final.pythonPkgsBuildHost.${name}) (
      resolvers.resolveNonCyclic [ ] final.pythonPkgsBuildHost (
        if spec != { } then
          spec
        else
          {
            setuptools = [ ];
            wheel = [ ];
          }
      )
    );
  resolveVirtualEnv = spec: map (name: final.${name}) (resolvers.resolveCyclic final spec);

  # A virtual environment with the packages of `spec` and all that they need: `mkVirtualEnv "env" { flask = [ ]; }`.
  mkVirtualEnv =
    name: spec:
    stdenv.mkDerivation (finalAttrs: {
      inherit name;
      dontConfigure = true;
      dontUnpack = true;
      dontBuild = true;
      dontPatch = true;
      venvSkip = [ ];
      venvIgnoreCollisions = [ ];
      nativeBuildInputs = [ final.pyprojectMakeVenvHook ];
      NIX_PYPROJECT_DEPS = lib.concatStringsSep ":" (final.resolveVirtualEnv spec);
      dontMoveLib64 = true;
      noDumpEnvVars = true;
      mkVirtualenvFlags = lib.concatStringsSep " " (
        map (path: "--skip ${path}") finalAttrs.venvSkip
        ++ map (pattern: "--ignore-collisions ${pattern}") finalAttrs.venvIgnoreCollisions
      );
    });

  hooks = final.callPackage ./hooks.nix { };
  inherit (final.hooks)
    pyprojectHook
    pyprojectWheelHook
    pyprojectEditableHook
    pyprojectMakeVenvHook
    ;
})

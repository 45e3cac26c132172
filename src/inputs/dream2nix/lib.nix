# dream2nix' two functions: modules in, a package out.
{ lib, dream2nix }:
let
  # `raw` gives what nixpkgs' evalModules gave, otherwise it is the package, `config.public`.
  evalModules =
    {
      packageSets,
      modules,
      raw ? false,
      specialArgs ? { },
      ...
    }@args:
    let
      evaluated = lib.evalModules (
        removeAttrs args [
          "packageSets"
          "raw"
        ]
        // {
          modules = modules ++ [ dream2nix.modules.dream2nix.core ];
          specialArgs = specialArgs // {
            inherit packageSets;
            dream2nix = {
              inherit (dream2nix) overrides inputs;
              modules.dream2nix = dream2nix.modules.dream2nix;
              lib.evalModules = evalModules;
            };
          };
        }
      );
    in
    if raw then evaluated else evaluated.config.public;
in
{
  inherit evalModules;

  # A package for each entry of a folder.
  importPackages =
    {
      projectRoot,
      projectRootFile,
      packagesDir,
      modules ? [ ],
      ...
    }@args:
    let
      root = toString projectRoot;
      folder = toString packagesDir;
      absolute = if lib.hasPrefix root folder then folder else "${root}/${folder}";
      package =
        name: _:
        evalModules (
          removeAttrs args [
            "projectRoot"
            "projectRootFile"
            "packagesDir"
          ]
          // {
            modules = modules ++ [
              (absolute + "/${name}")
              {
                paths = {
                  projectRoot = root;
                  inherit projectRootFile;
                  package = "${folder}/${name}";
                };
              }
            ];
          }
        );
    in
    builtins.mapAttrs package (builtins.readDir absolute);
}

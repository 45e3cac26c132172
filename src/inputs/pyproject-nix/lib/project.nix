# A project, read from its files: what it depends on, and the renderers and validators that know it already.
{
  lib,
  pep621,
  pip,
  renderers,
  validators,
  ...
}:
let
  knowing = project: builtins.mapAttrs (_: f: args: f (args // { inherit project; }));
  load =
    facts:
    lib.fix (
      project:
      facts
      // {
        renderers = knowing project renderers;
        validators = knowing project validators;
      }
    );
in
lib.fix (self: {
  loadPyproject =
    {
      projectRoot ? null,
      pyproject ? lib.importTOML (projectRoot + "/pyproject.toml"),
      extrasAttrPaths ? [ ],
      extrasListPaths ? { },
      groupsAttrPaths ? [ ],
      groupsListPaths ? { },
    }:
    load {
      dependencies = pep621.parseDependencies {
        inherit
          pyproject
          extrasAttrPaths
          extrasListPaths
          groupsAttrPaths
          groupsListPaths
          ;
      };
      requires-python = pep621.parseRequiresPython pyproject;
      inherit pyproject projectRoot;
    };

  loadUVPyproject =
    {
      projectRoot ? null,
      pyproject ? lib.importTOML (projectRoot + "/pyproject.toml"),
    }:
    self.loadPyproject {
      inherit pyproject projectRoot;
      groupsListPaths."tool.uv.dev-dependencies" = "dev";
    };

  loadPDMPyproject =
    {
      projectRoot ? null,
      pyproject ? lib.importTOML (projectRoot + "/pyproject.toml"),
    }:
    self.loadPyproject {
      inherit pyproject projectRoot;
      extrasAttrPaths = [ "tool.pdm.dev-dependencies" ];
    };

  # Here are no build systems, no extras and no metadata, so that only `withPackages` has enough to go on.
  loadRequirementsTxt =
    {
      projectRoot ? null,
      requirements ? builtins.readFile (projectRoot + "/requirements.txt"),
    }:
    load {
      dependencies = {
        dependencies = map (each: each.requirement) (pip.parseRequirementsTxt requirements);
        extras = { };
        build-systems = [ ];
      };
      pyproject = null;
      requires-python = null;
      inherit projectRoot;
    };

  loadPyprojectDynamic =
    {
      projectRoot ? null,
      pyproject ? lib.importTOML (projectRoot + "/pyproject.toml"),
    }:
    if pyproject ? tool.poetry then
      throw "the stand-in for pyproject.nix reads no [tool.poetry]; the real one has loadPoetryPyproject for it"
    else if pyproject ? project then
      self.loadPyproject {
        inherit pyproject projectRoot;
        groupsListPaths."tool.uv.dev-dependencies" = "dev";
        extrasAttrPaths = [ "tool.pdm.dev-dependencies" ];
      }
    else
      throw "Project is neither Poetry nor PEP-621";
})

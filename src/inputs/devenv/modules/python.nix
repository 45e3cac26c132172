# languages.python: what it adds to packages, variables and tasks.
{
  config,
  options,
  pkgs,
  lib,
  inputs,
  ...
}:
let
  inherit (import ./node.nix) since;
  cfg = config.languages.python;
  asTasks = since "2024-09-20";
  wraps = since "2024-03-11";

  # An input by its name, or the error that says which lines to add.
  getInput =
    {
      name,
      url,
      attribute,
      follows ? [ ],
    }:
    inputs.${name} or (throw ''
      To use '${attribute}', Add the following to flake.nix:

      inputs.${name}.url = "${url}";
      ${lib.optionalString (follows != [ ])
        "inputs.${name}.inputs = { ${
          lib.concatMapStringsSep "; " (i: "${i}.follows = \"${i}\"") follows
        }; };"
      }


    '');
  versions = getInput {
    name = "nixpkgs-python";
    url = "github:cachix/nixpkgs-python";
    attribute = "languages.python.version";
    follows = [ "nixpkgs" ];
  };
  ofVersion =
    version:
    versions.packages.${pkgs.stdenv.hostPlatform.system}.${version}
      or (throw "Unsupported Python version, see https://github.com/cachix/nixpkgs-python#supported-python-versions");

  libraries =
    cfg.libraries
    ++ lib.optional cfg.manylinux.enable pkgs.pythonManylinuxPackages.manylinux2014Package
    ++ [ pkgs.stdenv.cc.cc.lib ];
  wrap =
    python:
    let
      env = if lib.functionArgs python.override ? extraLibs then python else python.buildEnv;
    in
    env.override (_: {
      makeWrapperArgs = [
        "--prefix"
        "LD_LIBRARY_PATH"
        ":"
        (lib.makeLibraryPath libraries)
      ];
    });

  inherit (cfg.package) interpreter sitePackages;
  requirements = pkgs.writeText "requirements.txt" (
    if builtins.isPath cfg.venv.requirements then
      builtins.readFile cfg.venv.requirements
    else
      toString cfg.venv.requirements
  );
  venv = ''
    venv="$DEVENV_STATE/venv"
    if [ "$(cat "$venv/.devenv_interpreter" 2>/dev/null)" != "${interpreter}" ]; then
      rm -rf "$venv"
      ${
        if cfg.uv.enable or false then
          ''uv venv -p ${interpreter} "$venv"''
        else
          ''${interpreter} -m venv "$venv"''
      }
      echo "${interpreter}" >"$venv/.devenv_interpreter"
    fi
    . "$venv/bin/activate"
    ${lib.optionalString (cfg.venv.requirements or null != null) ''
      if [ "$(cat "$venv/.devenv_requirements" 2>/dev/null)" != "${requirements}" ]; then
        echo "${requirements}" >"$venv/.devenv_requirements"
        ${
          if cfg.uv.enable or false then
            ''uv pip install --python "$venv/bin/python" -r ${requirements}''
          else
            ''"$venv/bin/pip" install -r ${requirements}''
        }
      fi
    ''}
  '';
  poetry = "${lib.getExe cfg.poetry.package} install --no-interaction ${toString cfg.poetry.install.arguments}";
  install = cfg.poetry.install;
  groupFlags = lib.mapAttrsToList (name: flag: { inherit name flag; }) {
    groups = "--with";
    ignoredGroups = "--without";
    onlyGroups = "--only";
    extras = "--extras";
  };
  sync = cfg.uv.sync;
  uvArguments =
    sync.arguments
    ++ lib.concatMap (extra: [
      "--extra"
      extra
    ]) sync.extras
    ++ lib.optional sync.allExtras "--all-extras"
    ++ lib.concatMap (group: [
      "--group"
      group
    ]) (sync.groups or [ ])
    ++ lib.optional (sync.allGroups or false) "--all-groups"
    ++ lib.concatMap (name: [
      "--package"
      name
    ]) (sync.packages or [ ])
    ++ lib.optional (sync.allPackages or false) "--all-packages";
in
{
  # The rest of this option stands in options.json; what it becomes on reading depends on the libraries.
  options.languages.python.package = lib.mkOption (lib.optionalAttrs wraps { apply = wrap; });

  config = lib.mkMerge [
    (lib.optionalAttrs (since "2024-03-21") {
      languages.python.directory = lib.mkOptionDefault config.devenv.root;
    })
    (lib.optionalAttrs wraps {
      languages.python.libraries = lib.mkOptionDefault [ "${config.devenv.dotfile}/profile" ];
    })
    (lib.mkIf cfg.enable (
      lib.mkMerge [
        {
          languages.python.poetry.install.enable = lib.mkIf cfg.poetry.enable (lib.mkDefault true);
          languages.python.poetry.activate.enable = lib.mkIf cfg.poetry.enable (lib.mkDefault true);
          languages.python.poetry.install.arguments =
            lib.optional (install.onlyInstallRootPackage or false) "--only-root"
            ++ lib.optional (
              !install.installRootPackage && !(install.onlyInstallRootPackage or false)
            ) "--no-root"
            ++ lib.optional (install.compile or false) "--compile"
            ++ lib.optional install.quiet "--quiet"
            ++ lib.concatMap (
              option:
              let
                names = install.${option.name} or [ ];
              in
              lib.optionals (names != [ ]) [
                option.flag
                (lib.escapeShellArg (lib.concatStringsSep "," names))
              ]
            ) groupFlags
            ++ lib.optional (install.allGroups or false) "--all-groups"
            ++ lib.optional (install.allExtras or false) "--all-extras"
            ++ {
              no = [ ];
              little = [ "-v" ];
              more = [ "-vv" ];
              debug = [ "-vvv" ];
            }
            .${install.verbosity or "no"};
          packages = [
            cfg.package
          ]
          ++ lib.optional cfg.poetry.enable cfg.poetry.package
          ++ lib.optional (cfg.uv.enable or false) cfg.uv.package
          ++ lib.optional (cfg.lsp.enable or false) cfg.lsp.package;
          env =
            lib.optionalAttrs (since "2026-03-17") {
              dontAddPythonPath = "1";
              NIX_PYTHONPATH = "${config.devenv.profile}/${sitePackages}";
              PYTHONPATH = pkgs.writeTextDir "sitecustomize.py" "# real devenv adds the folders of NIX_PYTHONPATH here\n";
            }
            // lib.optionalAttrs (cfg.uv.enable or false) (
              {
                UV_PROJECT_ENVIRONMENT = "${config.env.DEVENV_STATE}/venv";
              }
              // lib.optionalAttrs (since "2025-04-19") {
                UV_PYTHON_DOWNLOADS = "never";
                UV_PYTHON_PREFERENCE = "only-system";
              }
            )
            // lib.optionalAttrs cfg.poetry.enable {
              POETRY_VIRTUALENVS_IN_PROJECT = "true";
              POETRY_VIRTUALENVS_CREATE = "true";
              POETRY_VIRTUALENVS_PATH = "/var/empty";
            };
        }
        (lib.optionalAttrs (since "2023-06-02") {
          languages.python.package = lib.mkIf (cfg.version != null) (ofVersion cfg.version);
        })
        (lib.optionalAttrs (since "2024-09-19") {
          assertions = [
            {
              assertion = !(install.enable && cfg.uv.sync.enable);
              message = "Error: Both poetry.install.enable and uv.sync.enable cannot be true simultaneously.";
            }
          ];
        })
        (lib.optionalAttrs asTasks {
          tasks."devenv:python:virtualenv" = lib.mkIf (cfg.venv.enable && !cfg.uv.sync.enable) {
            description = "Initialize Python virtual environment";
            exec = venv;
            exports = [
              "PATH"
              "VIRTUAL_ENV"
            ];
            before = [ "devenv:enterShell" ];
          };
          tasks."devenv:python:poetry" = lib.mkIf install.enable {
            description = "Initialize Poetry";
            exec = poetry;
            exports = [ "PATH" ] ++ lib.optional cfg.poetry.activate.enable "VIRTUAL_ENV";
            before = [ "devenv:enterShell" ];
          };
          tasks."devenv:python:uv" = lib.mkIf cfg.uv.sync.enable {
            description = "Initialize uv sync";
            exec = "${lib.getExe cfg.uv.package} sync -p ${interpreter} ${lib.escapeShellArgs uvArguments}";
            exports = [
              "PATH"
              "VIRTUAL_ENV"
            ];
            before = [ "devenv:enterShell" ];
          };
        })
        (lib.optionalAttrs (!asTasks) {
          # Before tasks there were, the hook itself made the environment.
          enterShell = lib.concatStringsSep "\n" (
            [ ''export PYTHONPATH="$DEVENV_PROFILE/${sitePackages}''${PYTHONPATH:+:$PYTHONPATH}"'' ]
            ++ lib.optional cfg.venv.enable venv
            ++ lib.optional install.enable poetry
          );
        })
      ]
    ))
  ];
}

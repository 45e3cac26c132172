{ lib, self }:
let
  inherit (self) stdenv;

  mkShellWith =
    used:
    {
      name ? "nix-shell",
      packages ? [ ],
      inputsFrom ? [ ],
      ...
    }@attrs:
    let
      merged =
        kind:
        (attrs.${kind} or [ ]) ++ lib.subtractLists inputsFrom (lib.flatten (lib.catAttrs kind inputsFrom));
      phases = {
        phases = [ "buildPhase" ];
        buildPhase = ''
          { echo "# The environment of this shell"; export; } >>"$out"
        '';
        preferLocalBuild = true;
      };
    in
    used.mkDerivation (
      phases
      // removeAttrs attrs [
        "packages"
        "inputsFrom"
      ]
      // {
        inherit name;
        nativeBuildInputs = packages ++ merged "nativeBuildInputs";
        buildInputs = merged "buildInputs";
        propagatedBuildInputs = merged "propagatedBuildInputs";
        propagatedNativeBuildInputs = merged "propagatedNativeBuildInputs";
        shellHook = lib.concatStringsSep "\n" (
          lib.catAttrs "shellHook" (lib.reverseList inputsFrom ++ [ attrs ])
        );
      }
    );
  mkShell = lib.makeOverridable ({ stdenv }: mkShellWith stdenv) { inherit stdenv; };

  command =
    name: env: text:
    stdenv.mkDerivation (
      {
        inherit name;
        buildCommand = text;
        passAsFile = [ ];
      }
      // env
    );
  writeTextFile =
    {
      name,
      text,
      executable ? false,
      destination ? "",
      checkPhase ? "",
      meta ? { },
      ...
    }@args:
    stdenv.mkDerivation (
      removeAttrs args [
        "executable"
        "destination"
        "checkPhase"
        "derivationArgs"
      ]
      // args.derivationArgs or { }
      // {
        inherit name text meta;
        buildCommand = ''
          target=$out${lib.escapeShellArg destination}
          mkdir -p "$(dirname "$target")"
          printf '%s' "$text" >"$target"
          ${lib.optionalString executable ''chmod +x "$target"''}
          ${checkPhase}
        '';
      }
    );
in
{
  inherit mkShell writeTextFile;
  mkShellNoCC = mkShell.override { stdenv = self.stdenvNoCC; };
  inherit (stdenv) mkDerivation;

  runCommand = command;
  runCommandNoCC = command;
  runCommandLocal = name: env: command name ({ preferLocalBuild = true; } // env);
  runCommandWith =
    {
      name,
      derivationArgs ? { },
      ...
    }:
    command name derivationArgs;
  writeText = name: text: writeTextFile { inherit name text; };
  writeTextDir =
    path: text:
    writeTextFile {
      inherit text;
      name = baseNameOf path;
      destination = "/${path}";
    };
  writeScript =
    name: text:
    writeTextFile {
      inherit name text;
      executable = true;
    };
  writeShellScript =
    name: text:
    writeTextFile {
      inherit name;
      text = "#!/bin/bash\n${text}\n";
      executable = true;
    };
  writeScriptBin =
    name: text:
    writeTextFile {
      inherit name text;
      executable = true;
      destination = "/bin/${name}";
      meta.mainProgram = name;
    };
  writeShellScriptBin = name: text: self.writeScriptBin name "#!/bin/bash\n${text}\n";
  writeShellApplication =
    {
      name,
      text,
      runtimeInputs ? [ ],
      runtimeEnv ? { },
      meta ? { },
      ...
    }:
    writeTextFile {
      inherit name;
      executable = true;
      destination = "/bin/${name}";
      meta = {
        mainProgram = name;
      }
      // meta;
      text = ''
        #!/bin/bash
        set -o errexit
        set -o nounset
        set -o pipefail
        ${lib.concatStrings (lib.mapAttrsToList (n: v: "export ${lib.toShellVar n v}\n") runtimeEnv)}${
          lib.optionalString (runtimeInputs != [ ]) ''
            export PATH="${lib.makeBinPath runtimeInputs}:$PATH"
          ''
        }
        ${text}
      '';
    };
  buildEnv =
    {
      name,
      paths,
      pathsToLink ? [ "/" ],
      postBuild ? "",
      passthru ? { },
      meta ? { },
      ...
    }:
    command name { inherit paths passthru meta; } ''
      mkdir -p "$out"
      for each in $paths; do
        if [ -d "$each" ]; then cp -rs --no-preserve=mode "$each/." "$out/" 2>/dev/null || cp -r "$each/." "$out/"; fi
      done
      ${postBuild}
    '';
  symlinkJoin =
    args: self.buildEnv (args // { name = args.name or "${args.pname}-${args.version}"; });
  makeSetupHook =
    {
      name ? "hook",
      propagatedBuildInputs ? [ ],
      substitutions ? { },
      passthru ? { },
      meta ? { },
      ...
    }:
    script:
    stdenv.mkDerivation {
      inherit
        name
        propagatedBuildInputs
        passthru
        meta
        ;
      hook = script;
      buildCommand = ''
        mkdir -p "$out/nix-support"
        cp "$hook" "$out/nix-support/setup-hook"
        if [ -n "$propagatedBuildInputs" ]; then echo "$propagatedBuildInputs" >"$out/nix-support/propagated-build-inputs"; fi
      '';
    };

  emptyDirectory = command "empty-directory" { } ''mkdir "$out"'';
  emptyFile = command "empty-file" { } ''touch "$out"'';
  concatText =
    name: files:
    self.runCommandLocal name { inherit files; } ''cat $files >"$out"'';
  linkFarm =
    name: entries:
    let
      links =
        if builtins.isAttrs entries then
          entries
        else if builtins.isList entries then
          builtins.listToAttrs (map (e: lib.nameValuePair e.name e.path) (lib.reverseList entries))
        else
          throw "linkFarm entries must be either attrs or a list!";
    in
    command name { passthru.entries = links; } ''
      mkdir -p "$out" && cd "$out"
      ${lib.concatStrings (
        lib.mapAttrsToList (to: path: ''
          mkdir -p "$(dirname ${lib.escapeShellArg to})"
          ln -s ${lib.escapeShellArg "${path}"} ${lib.escapeShellArg to}
        '') links
      )}
    '';
  linkFarmFromDrvs =
    name: drvs:
    self.linkFarm name (
      map (drv: {
        inherit (drv) name;
        path = drv;
      }) drvs
    );
  onlyBin =
    drv:
    command "${drv.name}-only-bin" { } ''
      mkdir -p "$out"
      ln -s ${lib.getBin drv}/bin "$out/bin"
    '';

  # The libraries of foreign programs: what runs here is the host's, which finds its own.
  autoPatchelfHook = self.makeSetupHook { name = "auto-patchelf-hook"; } (self.writeText "hook.sh" "");
  replaceVars =
    src: replacements:
    self.replaceVarsWith { inherit src replacements; };
  replaceVarsWith =
    {
      src,
      replacements,
      name ? baseNameOf (toString src),
      isExecutable ? false,
      ...
    }:
    writeTextFile {
      inherit name;
      executable = isExecutable;
      text = lib.replaceStrings (map (each: "@${each}@") (builtins.attrNames replacements)) (map toString (
        builtins.attrValues replacements
      )) (builtins.readFile src);
    };
  runtimeShell = "/bin/bash";
  # `wrapProgram` and `makeWrapper` as shell functions, for `--set`, `--prefix` and `--add-flags`.
  makeWrapper = self.makeSetupHook { name = "make-shell-wrapper-hook"; } ./make-wrapper.sh;
  makeBinaryWrapper = self.makeSetupHook { name = "make-binary-wrapper-hook"; } ./make-wrapper.sh;
  writers =
    let
      python =
        destination: name:
        {
          libraries ? [ ],
          ...
        }:
        text:
        writeTextFile {
          inherit name destination;
          executable = true;
          meta.mainProgram = name;
          text = "#!${
            if libraries == [ ] then
              self.python3.interpreter
            else
              (self.python3.withPackages (ps: libraries)).interpreter
          }\n${text}";
        };
    in
    {
      writeBash = self.writeShellScript;
      writeBashBin = self.writeShellScriptBin;
      writePython3 = python "";
      writePython3Bin = name: python "/bin/${name}" name;
    };
}

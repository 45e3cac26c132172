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
      rest = removeAttrs attrs [
        "name"
        "packages"
        "inputsFrom"
        "buildInputs"
        "nativeBuildInputs"
        "propagatedBuildInputs"
        "propagatedNativeBuildInputs"
        "shellHook"
      ];
    in
    used.mkDerivation (
      {
        inherit name;
        buildInputs = merged "buildInputs";
        nativeBuildInputs = packages ++ merged "nativeBuildInputs";
        propagatedBuildInputs = merged "propagatedBuildInputs";
        propagatedNativeBuildInputs = merged "propagatedNativeBuildInputs";
        shellHook = lib.concatStringsSep "\n" (
          lib.catAttrs "shellHook" (lib.reverseList inputsFrom ++ [ attrs ])
        );
        phases = [ "buildPhase" ];
        buildPhase = ''
          { echo "# The environment of this shell"; export; } >>"$out"
        '';
        preferLocalBuild = true;
      }
      // rest
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
  # Fixed outputs: hash and name decide the path as in nixpkgs; nothing is downloaded.
  fixed =
    {
      name,
      urls,
      mode,
      hash ? "",
      sha256 ? "",
      passthru ? { },
    }:
    stdenv.mkDerivation (
      {
        inherit name urls passthru;
        outputHash =
          if hash != "" then
            hash
          else if sha256 != "" then
            sha256
          else
            lib.fakeHash;
        outputHashMode = mode;
        preferLocalBuild = true;
        buildCommand = "echo \"$name is not downloaded here\" >&2; exit 1";
      }
      // lib.optionalAttrs (hash == "" && sha256 != "") { outputHashAlgo = "sha256"; }
    );
  source = args: {
    mode = "recursive";
    hash = args.hash or "";
    sha256 = args.sha256 or "";
    passthru = removeAttrs args [ "name" ];
  };
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
  # The libraries of foreign programs: what runs here is the host's, which finds its own.
  autoPatchelfHook = self.makeSetupHook { name = "auto-patchelf-hook"; } (self.writeText "hook.sh" "");
  replaceVars =
    file: values:
    self.writeText (baseNameOf file) (
      lib.replaceStrings (map (name: "@${name}@") (builtins.attrNames values)) (map toString (builtins.attrValues values)) (
        builtins.readFile file
      )
    );
  fetchurl =
    {
      url ? builtins.head urls,
      urls ? [ url ],
      name ? baseNameOf (toString url),
      hash ? "",
      sha256 ? "",
      passthru ? { },
      ...
    }:
    fixed {
      inherit
        name
        passthru
        hash
        sha256
        urls
        ;
      mode = "flat";
    };
  fetchzip =
    {
      name ? "source",
      url,
      ...
    }@args:
    fixed (
      source args
      // {
        inherit name;
        urls = [ url ];
      }
    );
  fetchgit =
    {
      name ? "source",
      url,
      ...
    }@args:
    fixed (
      source args
      // {
        inherit name;
        urls = [ url ];
      }
    );
  fetchhg =
    {
      name ? "hg-archive",
      url,
      ...
    }@args:
    fixed (
      source args
      // {
        inherit name;
        urls = [ url ];
      }
    );
  fetchFromGitHub =
    {
      owner,
      repo,
      rev ? tag,
      tag ? null,
      name ? "source",
      ...
    }@args:
    fixed (
      source args
      // {
        inherit name;
        urls = [ "https://github.com/${owner}/${repo}/archive/${rev}.tar.gz" ];
      }
    );
}

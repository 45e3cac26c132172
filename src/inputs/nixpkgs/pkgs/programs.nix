# Packages that are programs or libraries of the host here: real names and versions, and a bin/<program> each.
{ lib, self }:
let
  known = builtins.fromJSON (builtins.readFile ./programs.json);

  # A program of the host's with the same name, if there is one; these scripts never find one another.
  script =
    pname: version: program:
    if pname == "hello" then
      ''
        case "''${1:-}" in
          --version | -v) echo "hello (GNU Hello) ${version}" ;;
          --greeting=*) echo "''${1#--greeting=}" ;;
          -g) echo "$2" ;;
          *) echo "Hello, world!" ;;
        esac
      ''
    else
      ''
        IFS=:
        for folder in $PATH /usr/local/bin /usr/bin /bin; do
          case $folder in /nix/store/*) continue ;; esac
          if [ -x "$folder/${program}" ]; then unset IFS; exec "$folder/${program}" "$@"; fi
        done
        echo "${program}: ${pname} ${version} is only named here, and this machine has no ${program} of its own" >&2
        exit 127
      '';

  make =
    attr: fact:
    let
      pname = fact.pname or attr;
      outputs = fact.outputs or [ "out" ];
    in
    self.stdenv.mkDerivation {
      inherit pname outputs;
      inherit (fact) version;
      meta = lib.optionalAttrs (fact.bin != [ ]) { mainProgram = builtins.head fact.bin; };
      buildCommand = ''
        for each in $outputs; do mkdir -p "''${!each}"; done
        ${lib.concatMapStrings (program: ''
          mkdir -p "''${bin:-$out}/bin"
          cat >"''${bin:-$out}/bin/${program}" <<'EOF'
          #!/bin/sh
          ${script pname fact.version program}
          EOF
          chmod +x "''${bin:-$out}/bin/${program}"
        '') fact.bin}
      '';
    };
in
builtins.mapAttrs make known

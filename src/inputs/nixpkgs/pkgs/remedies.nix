# What nixpkgs writes below a refusal: word for word, because people search for it.
let
  flakes = "\n   Note: When using `nix shell`, `nix build`, `nix develop`, etc with a flake,\n         then pass `--impure` in order to allow use of environment variables.\n    ";
  allow = attr: variable: what: more: ''
    a) To temporarily allow ${what}, you can use an environment variable
       for a single invocation of the nix tools.

         $ export ${variable}=1
         ${flakes}
    b) For `nixos-rebuild` you can set
      { nixpkgs.config.allow${attr} = true; }
    in configuration.nix to override this.
    ${more}
    c) For `nix-env`, `nix-build`, `nix-shell` or any other Nix command you can add
      { allow${attr} = true; }
    to ~/.config/nixpkgs/config.nix.
  '';
in
{
  unfree =
    pname:
    allow "Unfree" "NIXPKGS_ALLOW_UNFREE" "unfree packages" ''

      Alternatively you can configure a predicate to allow specific packages:
        { nixpkgs.config.allowUnfreePredicate = pkg: builtins.elem (lib.getName pkg) [
            "${pname}"
          ];
        }
    '';
  unsupported =
    allow "UnsupportedSystem" "NIXPKGS_ALLOW_UNSUPPORTED_SYSTEM"
      "packages that are unsupported for this system"
      "";
  insecure = name: issues: ''

    Known issues:
    ${builtins.concatStringsSep "" (map (issue: " - ${issue}\n") issues)}
    You can install it anyway by allowing this package, using the
    following methods:

    a) To temporarily allow all insecure packages, you can use an environment
       variable for a single invocation of the nix tools:

         $ export NIXPKGS_ALLOW_INSECURE=1
         ${flakes}
    b) for `nixos-rebuild` you can add ‘${name}’ to
       `nixpkgs.config.permittedInsecurePackages` in the configuration.nix,
       like so:

         {
           nixpkgs.config.permittedInsecurePackages = [
             "${name}"
           ];
         }

    c) For `nix-env`, `nix-build`, `nix-shell` or any other Nix command you can add
       ‘${name}’ to `permittedInsecurePackages` in
       ~/.config/nixpkgs/config.nix, like so:

         {
           permittedInsecurePackages = [
             "${name}"
           ];
         }

  '';
}

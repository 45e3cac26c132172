{
  description = "Stand-in for github:nix-community/poetry2nix";

  inputs.nixpkgs.url = "github:NixOS/nixpkgs?rev=75e28c029ef2605f9841e0baa335d70065fe7ae2";

  outputs = _: {
    lib.mkPoetry2Nix = { pkgs }: import ./. { inherit pkgs; };
    overlays.default = final: _: { poetry2nix = import ./. { pkgs = final; }; };
  };
}

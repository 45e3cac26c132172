builtins.getFlake "github:NixOS/nixpkgs/nixos-26.05"

import ./lib.nix { }

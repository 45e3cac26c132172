import ./lib/add.nix 1 2

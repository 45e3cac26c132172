builtins.scopedImport { x = 5; map = null; } ./lib/scoped.nix

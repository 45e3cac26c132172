with builtins;
[
  (parseFlakeRef "github:NixOS/nixpkgs/nixos-26.05?dir=lib")
  (parseFlakeRef "nixpkgs")
  (parseFlakeRef "git+https://example.org/x.git?ref=main")
  (flakeRefToString { type = "github"; owner = "NixOS"; repo = "nixpkgs"; ref = "nixos-26.05"; })
  (flakeRefToString { type = "path"; path = "/x"; })
]

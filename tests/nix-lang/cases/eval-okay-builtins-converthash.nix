let
  hash = builtins.hashString "sha256" "abc";
  convert = toHashFormat: hash: builtins.convertHash { inherit hash toHashFormat; hashAlgo = "sha256"; };
in
[
  (convert "base16" hash)
  (convert "nix32" hash)
  (convert "base32" hash)
  (convert "base64" hash)
  (convert "sri" hash)
  (convert "base16" (convert "nix32" hash))
  (builtins.convertHash { hash = convert "sri" hash; toHashFormat = "base16"; })
  (builtins.convertHash { hash = "sha256:${hash}"; toHashFormat = "sri"; })
]

{
  description = "Stand-in for github:nix-systems/default";

  outputs = _: { };
}

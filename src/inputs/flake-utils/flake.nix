{
  description = "Stand-in for github:numtide/flake-utils";

  inputs.systems.url = "github:nix-systems/default";

  outputs =
    { self, systems }:
    {
      lib = import ./lib.nix { defaultSystems = import systems; };
    };
}

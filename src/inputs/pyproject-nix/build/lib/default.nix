{ lib, pyproject-nix }:
let
  args = { inherit lib pyproject-nix; };
in
{
  query = import ./query.nix args;
  renderers = import ./renderers.nix args;
  resolvers = import ./resolvers.nix args;
}

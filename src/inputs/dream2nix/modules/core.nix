# What every package of dream2nix has.
{
  imports = [
    ./assertions.nix
    ./deps.nix
    ./env.nix
    ./lock.nix
    ./paths.nix
    ./public.nix
    ./ui.nix
  ];
}

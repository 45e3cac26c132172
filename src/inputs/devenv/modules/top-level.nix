{ ... }:
{
  imports = [
    ./options.nix
    ./shell.nix
    ./python.nix
    ./processes.nix
    ./tasks.nix
    ./flakes.nix
  ];
}

{ lib, pep599, ... }:
{
  muslLinuxTagCompatible =
    platform: libc: tag:
    let
      parts = builtins.match "musllinux_([0-9]+)_([0-9]+)_(.*)" tag;
      at = builtins.elemAt parts;
      machine = pep599.manyLinuxTargetMachines.${platform.parsed.cpu.name} or platform.parsed.cpu.name;
    in
    if parts == null then
      throw "'${tag}' is not a valid musllinux tag."
    else
      platform.libc == "musl"
      && libc.pname == "musl"
      && at 2 == machine
      && lib.versionAtLeast (lib.versions.majorMinor libc.version) "${at 0}.${at 1}";
}

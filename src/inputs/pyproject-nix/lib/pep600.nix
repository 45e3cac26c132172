{ lib, pep599, ... }:
let
  glibcOf = {
    manylinux1 = "2_5";
    manylinux2010 = "2_12";
    manylinux2014 = "2_17";
  };
in
{
  # Whether a wheel for `tag` loads on this platform's C library.
  manyLinuxTagCompatible =
    platform: libc: tag:
    let
      old = builtins.match "(manylinux1|manylinux2010|manylinux2014)_(.*)" tag;
      full =
        if old == null then
          tag
        else
          "manylinux_${glibcOf.${builtins.head old}}_${builtins.elemAt old 1}";
      parts = builtins.match "manylinux_([0-9]+)_([0-9]+)_(.*)" full;
      at = builtins.elemAt parts;
      machine = pep599.manyLinuxTargetMachines.${platform.parsed.cpu.name} or platform.parsed.cpu.name;
    in
    if parts == null then
      throw "'${full}' is not a valid manylinux tag."
    else
      platform.libc == "glibc"
      && libc.pname == "glibc"
      && at 2 == machine
      && lib.versionAtLeast (lib.versions.majorMinor libc.version) "${at 0}.${at 1}";
}

_: {
  # nixpkgs' name of a processor -> the name in tags and in `platform_machine`.
  manyLinuxTargetMachines = {
    x86_64 = "x86_64";
    i686 = "i686";
    aarch64 = "aarch64";
    armv7l = "armv7l";
    powerpc64 = "ppc64";
    powerpc64le = "ppc64le";
    s390x = "s390x";
    riscv64 = "riscv64";
  };
}

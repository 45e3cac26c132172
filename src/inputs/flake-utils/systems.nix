# Every system that nixpkgs had a name for in 2024, by kernel.
let
  words = text: builtins.filter (word: builtins.isString word && word != "") (builtins.split " " text);
  cpus = {
    cygwin = "i686 x86_64";
    darwin = "aarch64 armv7a i686 x86_64";
    freebsd13 = "i686 x86_64";
    genode = "aarch64 i686 x86_64";
    ghcjs = "javascript";
    linux = "aarch64 armv5tel armv6l armv7a armv7l i686 m68k microblaze microblazeel mips64el mipsel powerpc64 powerpc64le riscv32 riscv64 s390 s390x x86_64";
    mmixware = "mmix";
    netbsd = "aarch64 armv6l armv7a armv7l i686 m68k mipsel powerpc riscv32 riscv64 x86_64";
    none = "aarch64 aarch64_be arm armv6l avr i686 m68k microblaze microblazeel msp430 or1k powerpc powerpcle riscv32 riscv64 rx s390 s390x vc4 x86_64";
    openbsd = "i686 x86_64";
    redox = "x86_64";
    solaris = "x86_64";
    wasi = "wasm32 wasm64";
    windows = "i686 x86_64";
  };
in
builtins.sort builtins.lessThan (
  builtins.concatMap (kernel: map (cpu: "${cpu}-${kernel}") (words cpus.${kernel})) (
    builtins.attrNames cpus
  )
)

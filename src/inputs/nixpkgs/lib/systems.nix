lib:
let
  cpus = {
    x86_64 = {
      bits = 64;
      family = "x86";
      linux = "x86_64";
    };
    i686 = {
      bits = 32;
      family = "x86";
      linux = "i386";
      qemu = "i386";
    };
    aarch64 = {
      bits = 64;
      family = "arm";
      linux = "arm64";
    };
    armv6l = {
      bits = 32;
      family = "arm";
      linux = "arm";
      qemu = "arm";
    };
    armv7l = {
      bits = 32;
      family = "arm";
      linux = "arm";
      qemu = "arm";
    };
    powerpc64le = {
      bits = 64;
      family = "power";
      linux = "powerpc";
      qemu = "ppc64le";
      uname = "ppc64le";
    };
    riscv64 = {
      bits = 64;
      family = "riscv";
      linux = "riscv";
    };
  };
  elaborate =
    from:
    let
      system = if builtins.isString from then from else from.system or from.config;
      parts = builtins.match "([^-]+)-([^-]+)" system;
      cpu = builtins.elemAt parts 0;
      kernel = builtins.elemAt parts 1;
      known = cpus.${cpu} or (throw "Unknown CPU type: ${cpu}");
      isDarwin = kernel == "darwin";
      isLinux = kernel == "linux";
    in
    lib.throwIf (parts == null) "system string '${system}' with 1 hyphenated components is ambiguous" {
      inherit system isDarwin isLinux;
      config =
        if isDarwin then
          (if cpu == "aarch64" then "arm64" else cpu) + "-apple-darwin"
        else
          "${cpu}-unknown-${kernel}${
            if isLinux then
              "-gnu" + (if known.family == "arm" && known.bits == 32 then "eabihf" else "")
            else
              ""
          }";
      isMacOS = isDarwin;
      isFreeBSD = kernel == "freebsd";
      isUnix = true;
      isWindows = false;
      isAndroid = false;
      isiOS = false;
      isMusl = false;
      isGnu = isLinux;
      isStatic = false;
      isx86 = known.family == "x86";
      isx86_64 = cpu == "x86_64";
      isx86_32 = cpu == "i686";
      isi686 = cpu == "i686";
      isAarch = known.family == "arm";
      isAarch64 = cpu == "aarch64";
      isAarch32 = known.family == "arm" && known.bits == 32;
      isRiscV = known.family == "riscv";
      isRiscV64 = cpu == "riscv64";
      is64bit = known.bits == 64;
      is32bit = known.bits == 32;
      isLittleEndian = true;
      isBigEndian = false;
      libc =
        if isLinux then
          "glibc"
        else if isDarwin then
          "libSystem"
        else
          "fblibc";
      darwinArch = if cpu == "aarch64" then "arm64" else cpu;
      darwinSdkVersion = "14.4";
      linuxArch = known.linux;
      qemuArch = known.qemu or cpu;
      extensions = {
        executable = "";
        library = if isDarwin then ".dylib" else ".so";
        sharedLibrary = if isDarwin then ".dylib" else ".so";
        staticLibrary = ".a";
      };
      parsed = {
        cpu = {
          name = cpu;
          inherit (known) bits family;
        };
        kernel.name = kernel;
      };
      uname = {
        system =
          if isDarwin then
            "Darwin"
          else if isLinux then
            "Linux"
          else
            "FreeBSD";
        processor = if isDarwin && cpu == "aarch64" then "arm64" else known.uname or cpu;
        release = null;
      };
      emulatorAvailable = _: false;
      canExecute = other: other.system == system;
    };
in
{
  systems = {
    inherit elaborate;
    doubles.all = lib.systems.flakeExposed;
    equals = a: b: a.system == b.system;
    # Fact: nixpkgs lib/systems/flake-systems.nix lists these (tiers 1 to 3), still with x86_64-darwin in June 2026.
    flakeExposed = [
      "x86_64-linux"
      "aarch64-linux"
      "x86_64-darwin"
      "armv6l-linux"
      "armv7l-linux"
      "i686-linux"
      "aarch64-darwin"
      "powerpc64le-linux"
      "riscv64-linux"
      "x86_64-freebsd"
    ];
  };
  platforms = {
    linux = builtins.filter (lib.hasSuffix "-linux") lib.systems.flakeExposed;
    darwin = builtins.filter (lib.hasSuffix "-darwin") lib.systems.flakeExposed;
    unix = lib.systems.flakeExposed;
    all = lib.systems.flakeExposed;
  };
  meta = rec {
    getExe =
      x:
      getExe' x (
        x.meta.mainProgram
          or (lib.warn "getExe: Package ${lib.strings.escapeNixIdentifier x.meta.name or x.pname or x.name} does not have the meta.mainProgram attribute. We'll assume that the main program has the same name for now, but this behavior is deprecated, because it leads to surprising errors when the assumption does not hold. If the package has a main program, please set `meta.mainProgram` in its definition to make this warning go away. Otherwise, if the package does not have a main program, or if you don't control its definition, use getExe' to specify the name to the program, such as lib.getExe' foo \"bar\"." (
            lib.getName x
          ))
      );
    getExe' =
      x: y:
      if !lib.isDerivation x then
        throw "lib.meta.getExe': The first argument is of type ${builtins.typeOf x}, but it should be a derivation instead."
      else if !builtins.isString y then
        throw "lib.meta.getExe': The second argument is of type ${builtins.typeOf y}, but it should be a string instead."
      else if builtins.match ".*/.*" y != null then
        throw "lib.meta.getExe': The second argument \"${y}\" is a nested path with a \"/\" character, but it should just be the name of the executable instead."
      else
        "${lib.getBin x}/bin/${y}";
    hiPrioSet = builtins.mapAttrs (_: value: if lib.isDerivation value then hiPrio value else value);
    addMetaAttrs =
      new: drv:
      if drv ? overrideAttrs then
        drv.overrideAttrs (old: {
          meta = (old.meta or { }) // new;
        })
      else
        drv // { meta = (drv.meta or { }) // new; };
    setName = name: drv: drv // { inherit name; };
    setPrio = priority: addMetaAttrs { inherit priority; };
    lowPrio = setPrio 10;
    hiPrio = setPrio (-10);
    availableOn =
      platform: pkg:
      let
        meta = pkg.meta or { };
      in
      (!(meta ? platforms) || builtins.elem platform.system meta.platforms)
      && !builtins.elem platform.system (meta.badPlatforms or [ ]);
  };
  licenses =
    builtins.mapAttrs
      (shortName: spdxId: {
        inherit shortName spdxId;
        free = true;
      })
      {
        mit = "MIT";
        asl20 = "Apache-2.0";
        bsd2 = "BSD-2-Clause";
        bsd3 = "BSD-3-Clause";
        gpl2Only = "GPL-2.0-only";
        gpl2Plus = "GPL-2.0-or-later";
        gpl3Only = "GPL-3.0-only";
        gpl3Plus = "GPL-3.0-or-later";
        lgpl21Plus = "LGPL-2.1-or-later";
        lgpl3Plus = "LGPL-3.0-or-later";
        agpl3Only = "AGPL-3.0-only";
        mpl20 = "MPL-2.0";
        isc = "ISC";
        unlicense = "Unlicense";
        psfl = "Python-2.0";
        cc0 = "CC0-1.0";
      }
    //
      builtins.mapAttrs
        (name: fullName: {
          inherit fullName;
          shortName = if lib.hasPrefix "nvidia" name then "CUDA EULA" else name;
          free = false;
          redistributable = lib.hasSuffix "edist" name || lib.hasSuffix "edistributable" name;
        })
        {
          unfree = "Unfree";
          unfreeRedistributable = "Unfree redistributable";
          nvidiaCuda = "CUDA Toolkit End User License Agreement (EULA)";
          nvidiaCudaRedist = "CUDA Toolkit End User License Agreement (EULA)";
        };
  hashes = {
    fakeHash = "sha256-AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=";
    fakeSha512 = lib.concatStrings (lib.replicate 128 "0");
    fakeSha256 = "0000000000000000000000000000000000000000000000000000000000000000";
  };
}

# Which wheel fits a Python, by the tags in its file name (PEP 425, PEP 600).
{ lib }:
let
  inherit (builtins)
    compareVersions
    elemAt
    filter
    head
    isString
    match
    split
    ;
  dotted = text: filter isString (split "\\." text);
  implementations = {
    py = "python";
    cp = "cpython";
    pp = "pypy";
  };
  # cp312 is { implementation = "cpython"; version = "312"; }, none has an empty version.
  tag =
    text:
    let
      parts = match "([a-z]+)([0-9]*).*" text;
      short = head parts;
    in
    {
      implementation = implementations.${short} or short;
      version = elemAt parts 1;
    };

  # Machines that manylinux wheels were made for when poetry2nix was last changed.
  machines = {
    x86_64 = "x86_64";
    i686 = "i686";
    aarch64 = "aarch64";
    armv7l = "armv7l";
    ppc64 = "powerpc64";
    ppc64le = "powerpc64le";
    s390x = "s390x";
  };
  legacy = {
    manylinux1 = "2_5";
    manylinux2010 = "2_12";
    manylinux2014 = "2_17";
  };

  # manylinux_2_17_x86_64 and musllinux_1_1_x86_64: a C library, from which version on, and a machine.
  onLinux =
    library: platform: libc: version: machine:
    platform.libc == library
    && libc.pname == library
    && compareVersions (lib.versions.majorMinor libc.version) version >= 0
    && machines.${machine} == platform.parsed.cpu.name;
  runsOn =
    python: text:
    let
      platform = python.stdenv.hostPlatform;
      inherit (python.stdenv.cc) libc;
      old = match "(manylinux[0-9]+)_(.+)" text;
      linux = match "(many|musl)linux_([0-9]+)_([0-9]+)_(.+)" text;
      mac = match "macosx_([0-9]+)_([0-9]+)_(.+)" text;
      dotted = a: b: "${elemAt a b}.${elemAt a (b + 1)}";
    in
    if text == "any" then
      true
    else if old != null then
      runsOn python "manylinux_${legacy.${head old}}_${elemAt old 1}"
    else if linux != null then
      onLinux (if head linux == "many" then "glibc" else "musl") platform libc (dotted linux 1) (
        elemAt linux 3
      )
    else if mac != null then
      platform.isDarwin
      && builtins.elem (elemAt mac 2) [
        "universal2"
        platform.darwinArch
      ]
      && compareVersions (platform.darwinSdkVersion or "14.4") (dotted mac 0) >= 0
    else if lib.hasPrefix "win" text then
      false
    else if lib.hasPrefix "linux_" text then
      platform.isLinux && text == "linux_${platform.linuxArch or platform.parsed.cpu.name}"
    else
      throw "Unknown platform tag: '${text}'";
in
{
  isWheel = file: match "[^-]+-[^-]+(-[0-9][^-]*)?-[^-]+-[^-]+-.+\\.whl" file != null;

  # Of files from a lock, the wheel that fits best, as a list of one or none.
  select =
    python: files:
    let
      major = python.sourceVersion.major;
      here = lib.toInt (major + python.sourceVersion.minor);
      isPython =
        each:
        (builtins.elem each.implementation [
          "python"
          python.implementation
        ]
        && each.version == "")
        || each.version == major
        || (lib.hasPrefix major each.version && here >= lib.toInt each.version);
      isABI =
        each:
        builtins.elem each.implementation [
          "none"
          "any"
          "abi"
          python.implementation
        ]
        && (
          each.version == ""
          || each.version == major
          || (lib.hasPrefix major each.version && here == lib.toInt each.version)
        );
      read =
        file:
        let
          parts = match "([^-]+)-([^-]+)(-([0-9][^-]*))?-([^-]+)-([^-]+)-(.+)\\.whl" file.file;
          languages = filter isPython (map tag (dotted (elemAt parts 4)));
        in
        {
          inherit file;
          build = elemAt parts 3;
          best = lib.foldl' lib.max 0 (
            map (each: if each.version == "" then 0 else lib.toInt each.version) languages
          );
          fits =
            isABI (tag (elemAt parts 5))
            && languages != [ ]
            && lib.any (runsOn python) (dotted (elemAt parts 6));
        };
      better =
        a: b: (a.build != null && (b.build == null || a.build > b.build)) || a.best > b.best;
    in
    map (each: each.file) (lib.take 1 (builtins.sort better (filter (each: each.fits) (map read files))));
}

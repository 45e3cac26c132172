# Names of packages, wheels and source archives, and which wheel suits an interpreter.
{
  lib,
  pep600,
  pep656,
  ...
}:
let
  inherit (builtins)
    any
    elem
    elemAt
    filter
    head
    match
    ;
  implementations = {
    py = "python";
    cp = "cpython";
    ip = "ironpython";
    pp = "pypy";
    jy = "jython";
  };
  wheelName = match "([^-]+)-([^-]+)(-([0-9][^-]*))?-([^-]+)-([^-]+)-(.+)\\.whl";
  macTag = match "macosx_([0-9]+)_([0-9]+)_(.+)";
in
lib.fix (self: {
  normalizePackageName =
    name: lib.toLower (lib.concatStringsSep "-" (filter lib.isString (builtins.split "[-_.]+" name)));

  parsePythonTag =
    tag:
    let
      parts = match "([a-z]+)([0-9]*)" tag;
    in
    assert parts != null;
    {
      implementation = implementations.${head parts} or (head parts);
      version = if elemAt parts 1 == "" then null else elemAt parts 1;
    };
  parseABITag = tag: tag;

  isSdistFileName = name: match "([^-]+)-(.+)(\\.tar\\.gz|\\.zip)" name != null;
  isWheelFileName = name: wheelName name != null;
  parseWheelFileName =
    name:
    let
      parts = wheelName name;
      at = elemAt parts;
    in
    assert parts != null;
    {
      filename = name;
      distribution = at 0;
      version = at 1;
      buildTag = at 3;
      languageTags = map self.parsePythonTag (lib.splitString "." (at 4));
      abiTags = lib.splitString "." (at 5);
      platformTags = lib.splitString "." (at 6);
    };

  isABITagCompatible =
    python:
    let
      inherit (python.passthru) sourceVersion implementation pythonVersion;
      short = sourceVersion.major + sourceVersion.minor;
    in
    tag:
    elem tag (
      python.passthru.pythonABITags or (
        [
          "none"
          "any"
        ]
        ++ lib.optionals (implementation == "cpython") [
          "abi3"
          "cp${short}"
        ]
        ++ lib.optional (
          implementation == "pypy"
        ) "pypy${lib.replaceStrings [ "." ] [ "" ] pythonVersion}_pp${short}"
      )
    );

  isPythonTagCompatible =
    python: tag:
    let
      inherit (python.passthru) implementation pythonVersion;
      major = lib.versions.major pythonVersion;
      minor = lib.versions.minor pythonVersion;
    in
    (tag.implementation == "python" || tag.implementation == implementation)
    && (
      tag.version == null
      || tag.version == major
      || (lib.hasPrefix major tag.version && lib.toInt (major + minor) >= lib.toInt tag.version)
    );

  isPlatformTagCompatible =
    platform: libc: tag:
    let
      mac = macTag tag;
      linux = match "linux_(.+)" tag;
      windows = match "win_(.+)" tag;
    in
    if tag == "any" then
      true
    else if lib.hasPrefix "manylinux" tag then
      pep600.manyLinuxTagCompatible platform libc tag
    else if lib.hasPrefix "musllinux" tag then
      pep656.muslLinuxTagCompatible platform libc tag
    else if mac != null then
      platform.isDarwin
      && (elemAt mac 2 == platform.darwinArch || elemAt mac 2 == "universal2")
      && lib.versionAtLeast platform.darwinSdkVersion "${head mac}.${elemAt mac 1}"
    else if linux != null then
      platform.isLinux
      && head linux == (if platform.linuxArch == "arm64" then "aarch64" else platform.linuxArch)
    else if windows != null then
      platform.isWindows
      && (
        if head windows == "amd64" then
          platform.isx86_64
        else
          head windows == "arm64" && platform.isAarch64
      )
    else
      tag == "win32" && platform.isWindows && platform.isx86_32;

  isWheelFileCompatible =
    platform: libc: python: file:
    any (self.isABITagCompatible python) file.abiTags
    && any (self.isPythonTagCompatible python) file.languageTags
    && any (self.isPlatformTagCompatible platform libc) file.platformTags;

  # The files that suit, the best one first: the highest build tag, then the newest Python, then a Mac's own processor.
  selectWheels =
    platform: python: files:
    let
      language =
        file:
        builtins.foldl' (best: tag: lib.max best (lib.toInt tag.version)) 0 (
          filter (self.isPythonTagCompatible python) file.languageTags
        );
      ownMac = file: any (tag: macTag tag != null && elemAt (macTag tag) 2 != "universal2") file.platformTags;
      rank = file: [
        (if file.buildTag == null then "" else file.buildTag)
        (language file)
        (if ownMac file then 1 else 0)
      ];
    in
    if !lib.isAttrs platform then
      throw ''
        SelectWheel was called with wrong type for its first argument 'platform'.
        Pass only elaborated platforms.
        Example:
          `lib.systems.elaborate "x86_64-linux"`
      ''
    else
      builtins.sort (a: b: rank a > rank b) (
        filter (self.isWheelFileCompatible platform python.stdenv.cc.libc python) files
      );
})

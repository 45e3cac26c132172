# One package of poetry.lock as a Python package of the set `final`.
{
  lib,
  pkgs,
  python,
  final,
  versions,
  markers,
  wheels,
  normalize,
  cleanSource,
}:
# What holds for all packages of the project, then an entry of the lock.
{
  root,
  preferWheels,
}:
locked:
let
  pname = normalize locked.name;
  source = locked.source or { };
  type = source.type or "pypi";
  extensions = "egg|tar|tar[.]bz2|tar[.]gz|tar[.]lz|tar[.]lzma|tar[.]xz|tbz|tgz|tlz|txz|whl|zip";
  literal = lib.replaceStrings [ "." "+" ] [ "\\." "\\+" ];
  usable =
    file:
    builtins.match ".*${literal locked.version}.*" file != null
    && builtins.match ".*(${extensions})" file != null
    && (!lib.hasSuffix ".egg" file || lib.hasSuffix "py${python.pythonVersion}.egg" file);
  files = builtins.filter (each: usable each.file) locked.files;
  isSource = each: !lib.hasSuffix "whl" each.file && !lib.hasSuffix ".egg" each.file;

  environment = markers.environment python // {
    extra = builtins.attrNames locked.extras or { };
  };
  needed =
    _: spec:
    let
      set = if builtins.isAttrs spec then spec else { };
    in
    versions.allows python.version (set.python or "")
    && (set.markers or "" == "" || markers.evaluate environment set.markers);
in
lib.makeOverridable (
  {
    preferWheel ? preferWheels,
  }:
  let
    # `wheel` itself cannot be unpacked by `wheel`.
    wheelFirst = preferWheel && pname != "wheel";
    binary = wheels.select python (builtins.filter (each: wheels.isWheel each.file) files);
    archives = builtins.filter isSource files;
    eggs = builtins.filter (each: lib.hasSuffix ".egg" each.file) files;
    entries = (if wheelFirst then binary ++ archives else archives ++ binary) ++ eggs;
    chosen =
      if entries == [ ] then
        throw "Missing suitable source/wheel file entry for ${locked.name}"
      else
        builtins.head entries;
    url = type == "url";
    isWheel =
      if url then
        lib.hasSuffix ".whl" source.url
      else
        type != "directory" && type != "git" && lib.hasSuffix ".whl" chosen.file;
    isEgg = type == "pypi" && lib.hasSuffix ".egg" chosen.file;
    kind =
      if isWheel then
        "wheel"
      else if isEgg then
        "egg"
      else
        "poetry2nix";

    # At this address PyPI has each file; should it not, the real fetcher asks PyPI's index.
    fetched = pkgs.stdenv.mkDerivation {
      name = chosen.file;
      inherit (locked) version;
      inherit (chosen) file;
      pname = locked.name;
      isWheel = lib.hasSuffix "whl" chosen.file;
      predictedURL = builtins.head fetched.urls;
      outputHashMode = "flat";
      outputHashAlgo = "sha256";
      outputHash = chosen.hash;
      preferLocalBuild = true;
      buildCommand = ''echo "$name is not downloaded here" >&2; exit 1'';
      passthru.urls = [
        "https://files.pythonhosted.org/packages/${if isWheel then "wheel" else "source"}/${
          lib.toLower (builtins.substring 0 1 chosen.file)
        }/${locked.name}/${chosen.file}"
      ];
    };
    tree =
      {
        pypi = fetched;
        directory = cleanSource { src = root + "/${source.url}"; };
        file = root + "/${source.url}";
        url = builtins.fetchurl {
          inherit (source) url;
          sha256 = chosen.hash;
        };
        git = builtins.fetchGit {
          inherit (source) url;
          rev = source.resolved_reference or source.reference;
          allRefs = true;
          submodules = true;
        };
      }
      .${type} or (throw "the stand-in for poetry2nix knows no packages from a source of type '${type}'");
  in
  final.buildPythonPackage {
    inherit pname;
    inherit (locked) version;
    format = kind;
    doCheck = false;
    dontStrip = isWheel;
    propagatedBuildInputs = map (name: final.${normalize name}) (
      builtins.attrNames (lib.filterAttrs needed (locked.dependencies or { }))
    );
    src = if source ? subdirectory then tree + "/${source.subdirectory}" else tree;
    passthru.preferWheel = wheelFirst;
    meta = {
      broken = !versions.allows python.version locked.python-versions;
      license = [ ];
    };
  }
) { }

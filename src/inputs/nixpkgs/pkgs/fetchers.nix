# Fixed outputs: name and hash decide the path, as in nixpkgs; nothing is downloaded.
{ lib, self }:
let
  show = lib.generators.toPretty { };
  hashOf =
    args: urls:
    let
      given = lib.filterAttrs (_: hash: hash != "") (
        lib.getAttrs (builtins.filter (name: args ? ${name}) [
          "hash"
          "outputHash"
          "sha1"
          "sha256"
          "sha512"
        ]) args
      );
      name = builtins.head (builtins.attrNames given);
    in
    if given == { } then
      {
        outputHash = lib.fakeHash;
        outputHashAlgo = null;
      }
    else if builtins.length (builtins.attrNames given) > 1 then
      throw "multiple hashes passed to fetchurl: ${show urls}"
    else
      {
        outputHash = given.${name};
        outputHashAlgo =
          if name == "hash" then null else if name == "outputHash" then args.outputHashAlgo or null else name;
      };

  fetch =
    { mode, urls }:
    name: args:
    self.stdenv.mkDerivation (
      {
        inherit name urls;
        outputHashMode = mode;
        preferLocalBuild = true;
        buildCommand = "echo \"$name is not downloaded here\" >&2; exit 1";
        meta = args.meta or { };
        passthru = {
          url = builtins.head urls;
        }
        // lib.getAttrs (builtins.filter (key: args ? ${key}) [
          "rev"
          "tag"
          "owner"
          "repo"
        ]) args
        // args.passthru or { };
      }
      // hashOf args urls
    );
  tree =
    default: urlOf: args:
    fetch {
      mode = "recursive";
      urls = [ (urlOf args) ];
    } (args.name or default) args;
  archive = site: { owner, repo, ... }@args: "https://${site}/${owner}/${repo}/archive/${args.rev or args.tag}.tar.gz";
  url = args: args.url;
in
{
  fetchurl =
    args:
    let
      urls =
        if args.urls or [ ] != [ ] && args.url or "" == "" then
          args.urls
        else if args.urls or [ ] == [ ] && args.url or "" != "" then
          if builtins.isString args.url then [ args.url ] else throw "`url` is not a string: ${show args.url}"
        else
          throw "fetchurl requires either `url` or `urls` to be set: ${show args}";
    in
    fetch {
      mode = if args.recursiveHash or false || args.executable or false then "recursive" else "flat";
      inherit urls;
    } (args.name or (baseNameOf (toString (builtins.head urls)))) args;
  fetchpatch = args: self.fetchurl (removeAttrs args [ "stripLen" ]);
  fetchzip = tree "source" url;
  fetchgit = tree "source" url;
  fetchhg = tree "hg-archive" url;
  fetchFromGitHub = lib.makeOverridable (tree "source" (archive "github.com"));
  fetchFromGitLab = lib.makeOverridable (tree "source" (archive "gitlab.com"));
  fetchPypi = lib.makeOverridable (
    {
      pname,
      version,
      format ? "setuptools",
      extension ? "tar.gz",
      hash ? "",
      sha256 ? "",
      dist ? "py2.py3",
      python ? "py2.py3",
      abi ? "none",
      platform ? "any",
    }:
    let
      folder = "${builtins.substring 0 1 pname}/${pname}/${pname}-${version}";
    in
    self.fetchurl {
      inherit hash sha256;
      url =
        if format == "wheel" then
          "https://files.pythonhosted.org/packages/${dist}/${folder}-${python}-${abi}-${platform}.whl"
        else if format == "setuptools" then
          "mirror://pypi/${folder}.${extension}"
        else
          throw "Unsupported format ${format}";
    }
  );
}

# What `npm run index` asks a nixpkgs: interpreters, and the packages of `names` with all that they need at run time.
{ path, names }:
let
  pkgs = import path {
    overlays = [ ];
    config = {
      allowAliases = false;
      allowUnfree = true;
      allowBroken = true;
    };
  };
  inherit (pkgs) lib;
  set = pkgs.python3Packages;
  # Packages that refuse to evaluate are as good as missing.
  attempt =
    value:
    let
      result = builtins.tryEval value;
    in
    if result.success then result.value else null;
  pnameOf = drv: attempt (drv.pname or null);
  # nixpkgs' rule is that attribute and `pname` are the PyPI name, normalised.
  attrOf =
    drv:
    let
      pname = pnameOf drv;
      attr = lib.toLower (lib.replaceStrings [ "_" "." ] [ "-" "-" ] pname);
    in
    if pname != null && set ? ${attr} then attr else null;
  dependencies =
    attr:
    let
      given = attempt (set.${attr}.dependencies or [ ] ++ set.${attr}.propagatedBuildInputs or [ ]);
      modules = builtins.filter (drv: lib.isDerivation drv && drv.pythonModule or false != false) (
        if given == null then [ ] else given
      );
    in
    lib.remove attr (lib.unique (builtins.filter (name: name != null) (map attrOf modules)));
  closure = map (item: item.key) (
    builtins.genericClosure {
      startSet = map (key: { inherit key; }) (
        builtins.filter (name: attempt (lib.isDerivation (set.${name} or null)) == true) names
      );
      operator = { key }: map (key: { inherit key; }) (dependencies key);
    }
  );
in
{
  inherit (lib.trivial) release;
  default = "python${lib.replaceStrings [ "." ] [ "" ] pkgs.python3.pythonVersion}";
  interpreters = lib.filterAttrs (_: version: version != null) (
    lib.genAttrs (builtins.filter (name: builtins.match "python3[0-9]+" name != null) (builtins.attrNames pkgs)) (
      name: attempt pkgs.${name}.version
    )
  );
  packages = lib.genAttrs closure (attr: {
    version = attempt (set.${attr}.version or null);
    pname =
      let
        pname = pnameOf set.${attr};
      in
      if pname == null then attr else pname;
    dependencies = dependencies attr;
  });
}

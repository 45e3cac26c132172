{
  defaultSystems ? [
    "aarch64-linux"
    "aarch64-darwin"
    "x86_64-darwin"
    "x86_64-linux"
  ],
}:
let
  inherit (builtins)
    attrNames
    concatMap
    elem
    foldl'
    isAttrs
    listToAttrs
    mapAttrs
    ;
  bySystem =
    f: systems:
    listToAttrs (
      map (name: {
        inherit name;
        value = f name;
      }) systems
    );
  isDerivation = value: value.type or null == "derivation";
  load = value: if builtins.isPath value || builtins.isString value then import value else value;

  # With `--impure` the machine's own system comes in too, listed or not.
  each =
    merge: systems: f:
    foldl' (outputs: system: merge outputs system (f system)) { } (
      systems
      ++ (
        if builtins ? currentSystem && !elem builtins.currentSystem systems then
          [ builtins.currentSystem ]
        else
          [ ]
      )
    );

  deepUpdate =
    a: b:
    a
    // mapAttrs (
      name: value: if isAttrs value && isAttrs (a.${name} or null) then deepUpdate a.${name} value else value
    ) b;
in
rec {
  inherit defaultSystems;
  allSystems = import ./systems.nix;
  # A set of every system under its own name, so that a misspelt one is a missing attribute.
  system = bySystem (name: name) allSystems;

  eachSystem = each (
    outputs: system: own:
    outputs // mapAttrs (name: value: outputs.${name} or { } // { ${system} = value; }) own
  );
  eachDefaultSystem = eachSystem defaultSystems;
  eachSystemPassThrough = each (outputs: _: own: outputs // own);
  eachDefaultSystemPassThrough = eachSystemPassThrough defaultSystems;
  eachSystemMap = systems: f: bySystem f systems;
  eachDefaultSystemMap = eachSystemMap defaultSystems;

  mkApp =
    {
      drv,
      name ? drv.pname or drv.name,
      exePath ? drv.passthru.exePath or "/bin/${name}",
    }:
    {
      type = "app";
      program = "${drv}${exePath}";
    };

  flattenTree =
    tree:
    let
      walk =
        path: set:
        concatMap (
          key:
          let
            value = set.${key};
            here = path ++ [ key ];
          in
          if isDerivation value then
            [
              {
                name = builtins.concatStringsSep "/" here;
                inherit value;
              }
            ]
          else if isAttrs value && value.recurseForDerivations or false == true then
            walk here value
          else
            [ ]
        ) (attrNames set);
    in
    listToAttrs (walk [ ] tree);

  filterPackages =
    system: packages:
    let
      fits =
        package:
        isDerivation package
        && !(package.meta.broken or false)
        && elem system (package.meta.platforms or allSystems)
        && !elem system (package.meta.badPlatforms or [ ]);
    in
    removeAttrs packages (builtins.filter (name: !fits packages.${name}) (attrNames packages));

  meld = inputs: foldl' (outputs: part: deepUpdate outputs (import part inputs)) { };

  simpleFlake =
    {
      self,
      nixpkgs,
      name,
      config ? { },
      overlay ? null,
      preOverlays ? [ ],
      shell ? null,
      systems ? defaultSystems,
    }:
    eachSystem systems (
      system:
      let
        pkgs = import nixpkgs {
          inherit config system;
          overlays = preOverlays ++ (if overlay == null then [ ] else [ (load overlay) ]);
        };
        packages = pkgs.${name} or { };
        kept = builtins.intersectAttrs {
          defaultPackage = null;
          checks = null;
          devShell = null;
        } packages;
      in
      {
        legacyPackages = packages;
      }
      // kept
      // (if shell == null then { } else { devShell = load shell { inherit pkgs; }; })
    );
}

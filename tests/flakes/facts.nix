# What a flake offers, as far as promises speak of it: { "devShells.default".x86_64-linux = { … }; }, where an output
# that is not kept by system has the one key "". Given to `nix eval --apply` with the promised outputs, so that it is
# read the same way from stand-ins and from real inputs.
promised: outputs:
let
  inherit (builtins)
    attrNames
    concatMap
    elemAt
    filter
    foldl'
    getContext
    head
    isAttrs
    isList
    isPath
    isString
    listToAttrs
    mapAttrs
    match
    parseDrvName
    split
    unsafeDiscardStringContext
    ;
  bySystem = [
    "apps"
    "checks"
    "devShells"
    "packages"
  ];
  # One value for each system, without a name below it; flake-parts offers an empty set where there is nothing.
  bare = [
    "formatter"
    "legacyPackages"
  ];

  isDerivation = value: isAttrs value && value.type or "" == "derivation";
  labelOf =
    derivation:
    let
      parsed = parseDrvName derivation.name;
    in
    {
      name = derivation.pname or parsed.name;
      version = derivation.version or parsed.version;
    };
  # A virtual environment of pyproject.nix keeps a list of derivations, a package of nixpkgs its modules and the Python,
  # a Python with packages what it links: in `paths`, or by nixpkgs' `buildEnv` in `chosenOutputs`, each with its outputs.
  distributionsOf =
    derivation:
    let
      modules = derivation.requiredPythonModules or (derivation.out.requiredPythonModules or [ ]);
      chosen = map (each: head each.paths) (derivation.chosenOutputs or [ ]);
      linked = if isList (derivation.paths or null) then derivation.paths else chosen;
      entry =
        path:
        let
          parsed = parseDrvName (elemAt (match ".*/[^-]*-(.*)\\.drv" path) 0);
        in
        {
          inherit (parsed) name version;
        };
    in
    map entry (attrNames (getContext (derivation.NIX_PYPROJECT_DEPS or "")))
    ++ map labelOf (filter (each: !(each ? interpreter)) (modules ++ filter (each: each ? pythonModule) linked));
  plain =
    value:
    if isDerivation value then
      (labelOf value).name
    else if isList value then
      map plain value
    else if isAttrs value then
      mapAttrs (_: plain) value
    else if isPath value then
      toString value
    else if isString value then
      unsafeDiscardStringContext value
    else
      value;
  optionAt =
    path: config: plain (foldl' (set: name: set.${name}) config (filter isString (split "\\." path)));

  # A promise speaks of a variable for all systems, or, under `on`, for one.
  named =
    key: promise:
    foldl' (all: part: all // part.${key} or { }) { } (
      [ promise ] ++ builtins.attrValues (promise.on or { })
    );

  shellInputs =
    shell:
    # Without the platform's own SDK, which devenv adds on macOS.
    filter (input: isDerivation input && !(input ? sdkroot)) (
      shell.nativeBuildInputs or [ ] ++ shell.buildInputs or [ ]
    );
  shellFacts = promise: shell: {
    packages = map labelOf (shellInputs shell);
    distributions = concatMap distributionsOf (shellInputs shell);
    env = mapAttrs (
      name: _:
      if shell.${name} or null == null then null else unsafeDiscardStringContext (toString shell.${name})
    ) (named "env" promise);
    shellHook = unsafeDiscardStringContext (shell.shellHook or "");
    options = mapAttrs (path: _: optionAt path shell.config) (named "options" promise);
  };
  factsOf =
    kind: promise: value:
    if kind == "legacyPackages" then
      { }
    else if isDerivation value then
      labelOf value
      // {
        distributions = distributionsOf value;
      }
      // (if kind == "devShells" then shellFacts promise value else { })
      // (if kind == "packages" then { mainProgram = value.meta.mainProgram or null; } else { })
    else if kind == "apps" then
      { program = unsafeDiscardStringContext value.program; }
    else if kind == "templates" then
      { inherit (value) description; }
    else
      { };

  entry = key: value: {
    name = key;
    inherit value;
  };
  entriesOf =
    kind:
    let
      value = outputs.${kind};
      namedOutputs =
        system: set:
        map (name: {
          key = "${kind}.${name}";
          inherit system;
          value = set.${name};
        }) (attrNames set);
    in
    if builtins.elem kind bySystem then
      concatMap (system: namedOutputs system value.${system}) (attrNames value)
    else if builtins.elem kind bare then
      map (system: {
        key = kind;
        inherit system;
        value = value.${system};
      }) (filter (system: value.${system} != { }) (attrNames value))
    else if isAttrs value && !isDerivation value then
      namedOutputs "" value
    else
      [
        {
          key = kind;
          system = "";
          inherit value;
        }
      ];
  entries = concatMap (kind: map (each: each // { inherit kind; }) (entriesOf kind)) (
    attrNames outputs
  );
in
listToAttrs (
  map (
    key:
    entry key (
      listToAttrs (
        map (each: entry each.system (factsOf each.kind (promised.${key} or { }) each.value)) (
          filter (each: each.key == key) entries
        )
      )
    )
  ) (attrNames (listToAttrs (map (each: entry each.key null) entries)))
)

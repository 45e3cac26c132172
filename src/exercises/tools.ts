/** Names that the expressions of checks may use, in Nix. */
const tools = `
let
  inherit (builtins)
    all any attrNames concatMap concatStringsSep elem filter foldl' hasAttr head isAttrs isList isString length map
    match parseDrvName readFile split toJSON tryEval;

  systems = [ "x86_64-linux" "aarch64-linux" "aarch64-darwin" ];
  words = concatStringsSep ", ";
  linesOf = text: filter isString (split "\\n" text);
  contains = part: text: length (split part text) > 1;
  nameOf = package: package.pname or (parseDrvName package.name).name;
  versionOf = package: package.version or (parseDrvName package.name).version;

  # Reports, { ok, found }: whether it is what was wanted, and what it is.
  equals = wanted: value: { ok = value == wanted; found = toJSON value; };
  # Whether evaluation ends with a throw or an assert.
  refused = value: let ok = !(tryEval value).success; in { inherit ok; found = if ok then "refused" else "accepted"; };
  lists = wanted: names: { ok = all (name: elem name names) wanted; found = words names; };

  # What test says of the attribute at a path such as "devShells.x86_64-linux.default", or that there is none.
  at = path: set: test:
    let
      step = found: name:
        if isAttrs (found.value or null) && hasAttr name found.value then { value = found.value.\${name}; } else { };
      found = foldl' step { value = set; } (filter isString (split "\\\\." path));
    in
    if found ? value then test found.value else { ok = false; found = "there is no " + path; };

  # What test says of each system in a list, or of the first that fails.
  onSystems = systems: test:
    let
      results = map (system: test system // { inherit system; }) systems;
      failed = filter (each: !each.ok) results;
    in
    if failed == [ ] then removeAttrs (head results) [ "system" ]
    else { ok = false; found = (head failed).system + ": " + (head failed).found; };
  # The same of one output of each of the three systems.
  eachShell = outputs: test:
    onSystems systems (system: at ("devShells." + system + ".default") outputs test);
  eachPackage = outputs: test:
    onSystems systems (system: at ("packages." + system + ".default") outputs test);

  # What a shell of mkShell or of devenv has.
  inputsOf = shell:
    filter isAttrs (shell.config.packages or ((shell.nativeBuildInputs or [ ]) ++ (shell.buildInputs or [ ])));
  packagesOf = shell: map nameOf (inputsOf shell);

  # The Python packages in a Python of withPackages, with what they bring along; those of all Pythons of a shell.
  modulesOf = python:
    let
      chosen = map (each: head each.paths) (python.chosenOutputs or [ ]);
      linked = if isList (python.paths or null) then python.paths else chosen;
    in
    filter (each: each ? pythonModule && !(each ? interpreter)) linked;
  modulesOfShell = shell: concatMap modulesOf (inputsOf shell);
in
`;

/** The function that a check applies to the outputs of a flake. */
export const withTools = (expression: string): string => `${tools}(${expression})`;

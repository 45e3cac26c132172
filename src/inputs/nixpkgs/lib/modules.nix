# The module system: collecting modules, matching definitions with options, priorities, merging by type.
lib:
let
  inherit (builtins)
    attrNames
    concatMap
    elem
    filter
    head
    isAttrs
    isList
    length
    mapAttrs
    tail
    ;
  inherit (lib.options)
    isOption
    mkOption
    showDefs
    showFiles
    showOption
    ;

  unknown = "<unknown-file>";
  defaultPriority = 100;
  defaultOrder = 1000;
  # Since 2025-08-13 list, set and submodule types report their own type errors (lib/modules.nix, "TypeError").
  ownErrors = lib.versionAtLeast lib.release "25.11";
  # The names of options are compared with what was written since this release; older ones only say that it is missing.
  suggests = lib.versionAtLeast lib.release "25.11";

  # One module in the long form, whichever way it was written.
  long =
    file: key: m:
    let
      extra = attrNames (
        removeAttrs m [
          "_class"
          "_file"
          "key"
          "disabledModules"
          "imports"
          "options"
          "config"
          "meta"
          "freeformType"
        ]
      );
      base = {
        _file = toString (m._file or file);
        key = toString (m.key or key);
        imports = m.imports or [ ];
        class = m._class or null;
        disabled = m.disabledModules or [ ];
      };
    in
    if !isAttrs m then
      throw "module ${toString file} (${toString key}) does not look like a module."
    else if m ? config || m ? options then
      if extra != [ ] then
        throw "Module `${toString key}' has an unsupported attribute `${head extra}'. This is caused by introducing a top-level `config' or `options' attribute. Add configuration attributes immediately on the top level instead, or move all of them (namely: ${toString extra}) into the explicit `config' attribute."
      else
        base
        // {
          options = m.options or { };
          config = withFreeform m (m.config or { });
        }
    else
      base
      // {
        options = { };
        config = withFreeform m (
          removeAttrs m [
            "_class"
            "_file"
            "key"
            "disabledModules"
            "require"
            "imports"
            "freeformType"
          ]
        );
      };
  withFreeform =
    m: config:
    if m ? freeformType then
      mkMerge [
        config
        { _module.freeformType = m.freeformType; }
      ]
    else
      config;

  call =
    key: f: args:
    let
      context = name: "while evaluating the module argument `${name}' in \"${key}\":";
      wanted = mapAttrs (
        name: _: builtins.addErrorContext (context name) (args.${name} or args.config._module.args.${name})
      ) (lib.functionArgs f);
    in
    if lib.isFunction f then f (args // wanted) else f;

  load =
    args: file: key: m:
    if lib.isFunction m then
      long file key (call key m args)
    else if isAttrs m then
      long file key m
    else if isList m then
      throw "Module imports can't be nested lists. Perhaps you meant to remove one level of lists? Definitions: ${
        showDefs [
          {
            inherit file;
            value = m;
          }
        ]
      }"
    else
      long (toString m) (toString m) (call (toString m) (import m) args);

  # A module may say for which kind of evaluation it was written.
  fitting =
    class: module:
    if class == null || module.class == null || module.class == class then
      module
    else
      throw ''
        The module `${module._file}` (class: "${module.class}") cannot be imported into a module evaluation that expects class "${class}".

        Help:
        - Ensure that you are importing the correct module.
        - Verify that the module's `_class`, "${module.class}" matches the expected `class` "${class}".
        - If you are using a custom class, make sure it is correctly defined and used consistently across your modules.
      '';

  collect =
    args: modules:
    let
      loadAll =
        file: key:
        lib.imap1 (
          n: m:
          let
            module = fitting args._class (load args file "${key}:anon-${toString n}" m);
          in
          {
            inherit (module) key;
            inherit module;
          }
        );
      all = map (x: x.module) (
        builtins.genericClosure {
          startSet = loadAll unknown "" modules;
          operator = x: loadAll x.module._file x.key x.module.imports;
        }
      );
      disabled = map (d: toString (d.key or d)) (concatMap (m: m.disabled) all);
    in
    filter (m: !elem m.key disabled) all;

  # Where a set of definitions stands under mkIf, mkMerge or mkOverride, the same is said of each of its members.
  pushDown =
    cfg:
    if cfg._type or "" == "merge" then
      concatMap pushDown cfg.contents
    else if cfg._type or "" == "if" then
      map (mapAttrs (_: mkIf cfg.condition)) (pushDown cfg.content)
    else if cfg._type or "" == "override" then
      map (mapAttrs (_: mkOverride cfg.priority)) (pushDown cfg.content)
    else
      [ cfg ];

  # Values left of one definition once mkMerge and mkIf have been read.
  discharge =
    def:
    if def._type or "" == "merge" then
      concatMap discharge def.contents
    else if def._type or "" == "if" then
      if builtins.isBool def.condition then
        lib.optionals def.condition (discharge def.content)
      else
        throw "‘mkIf’ called with a non-Boolean condition"
    else
      [ def ];

  mergeDefinitions =
    loc: type: defs:
    let
      whole = concatMap (
        def:
        map
          (
            value:
            if value._type or "" == "definition" then
              { inherit (value) file value; }
            else
              {
                inherit (def) file;
                inherit value;
              }
          )
          (builtins.addErrorContext "while evaluating definitions from `${def.file}':" (discharge def.value))
      ) defs;
      priority = def: if def.value._type or "" == "override" then def.value.priority else defaultPriority;
      highestPrio = builtins.foldl' (p: def: lib.min p (priority def)) 9999 whole;
      strip =
        def: if def.value._type or "" == "override" then def // { value = def.value.content; } else def;
      strongest = map strip (filter (def: priority def == highestPrio) whole);
      order = def: if def.value._type or "" == "order" then def.value.priority else defaultOrder;
      stripOrder =
        def: if def.value._type or "" == "order" then def // { value = def.value.content; } else def;
      sorted =
        if builtins.any (def: def.value._type or "" == "order") strongest then
          map stripOrder (builtins.sort (a: b: order a < order b) strongest)
        else
          strongest;
      isDefined = sorted != [ ];
      wrong = filter (def: !type.check def.value) sorted;
      values = showDefs wrong;
      optText = showOption loc;
      mergedValue =
        if isDefined then
          if wrong == [ ] then
            type.merge loc sorted
          else
            throw "A definition for option `${optText}' is not of type `${type.description}'. ${
              if ownErrors && type.name or "" == "either" then
                "TypeError: The option `${optText}` is neither a value of type `${type.nestedTypes.left.description}` nor `${type.nestedTypes.right.description}`, Definition values: ${showDefs sorted}"
              else if ownErrors && type.deep or false then
                "TypeError: Definition values: ${values}"
              else
                "Definition values:${values}"
            }"
        else
          type.emptyValue.value or (throw (
            if lib.versionAtLeast lib.release "24.11" then
              "The option `${optText}' was accessed but has no value defined. Try setting the option."
            else
              "The option `${optText}' is used but not defined."
          ));
    in
    {
      inherit isDefined mergedValue;
      defsFinal = sorted;
      defsFinal' = {
        values = sorted;
        inherit highestPrio;
      };
      optionalValue = lib.optionalAttrs isDefined { value = mergedValue; };
    };

  evalOption =
    loc: opt: defs:
    let
      type = opt.type or lib.types.unspecified;
      defaults = lib.optional (opt ? default) {
        file = head opt.declarations;
        value = mkOptionDefault opt.default;
      };
      res =
        if (opt.readOnly or false) && length defs > 1 then
          let
            separate = map (def: def // { value = (mergeDefinitions loc type [ def ]).mergedValue; }) defs;
          in
          throw "The option `${showOption loc}' is read-only, but it's set multiple times. Definition values:${showDefs separate}"
        else
          mergeDefinitions loc type (defaults ++ defs);
    in
    opt
    // {
      inherit loc type;
      value = builtins.addErrorContext "while evaluating the option `${showOption loc}':" (
        (opt.apply or lib.id) res.mergedValue
      );
      inherit (res.defsFinal') highestPrio;
      inherit (res) isDefined;
      definitions = map (def: def.value) res.defsFinal;
      definitionsWithLocations = res.defsFinal;
      files = map (def: def.file) res.defsFinal;
      __toString = _: showOption loc;
    };

  # Several declarations of one option: allowed where they only add to its type.
  oneDeclaration =
    loc: decls:
    if length decls == 1 then
      (head decls).options // { declarations = [ (head decls)._file ]; }
    else
      manyDeclarations loc decls;
  manyDeclarations =
    loc:
    builtins.foldl'
      (
        res: decl:
        let
          opt = decl.options;
          both = name: opt ? ${name} && res ? ${name};
          type = res.type.typeMerge opt.type.functor;
        in
        if
          both "default"
          || both "example"
          || both "description"
          || both "apply"
          || (both "type" && type == null)
        then
          throw "The option `${showOption loc}' in `${decl._file}' is already declared in ${showFiles res.declarations}."
        else
          opt
          // res
          // lib.optionalAttrs (both "type") { inherit type; }
          // {
            declarations = res.declarations ++ [ decl._file ];
          }
      )
      {
        declarations = [ ];
      };

  # Options nested in an option whose type is a submodule become a module of that type.
  asSubmodule =
    decl:
    if isOption decl.options then
      decl
    else
      decl
      // {
        options = mkOption {
          type = lib.types.submoduleWith { modules = [ { inherit (decl) options; } ]; };
        };
      };

  # decls: { _file, options }, configs: { file, value }, each for the set of options at `prefix`.
  match =
    prefix: decls: configs:
    let
      declsBy = builtins.zipAttrsWith (_: v: v) (
        map (
          d:
          if isAttrs d.options then
            mapAttrs (_: options: {
              inherit (d) _file;
              inherit options;
            }) d.options
          else
            throw "The option `${showOption prefix}' in module `${d._file}' is not a set of options"
        ) decls
      );
      raw = builtins.zipAttrsWith (_: v: v) (
        concatMap (
          c:
          map
            (mapAttrs (
              _: value: {
                inherit (c) file;
                inherit value;
              }
            ))
            (
              map (
                v:
                if isAttrs v then
                  v
                else
                  throw "${
                    if lib.versionAtLeast lib.release "23.11" then "In module `${c.file}', you're" else "You're"
                  } trying to define a value of type `${builtins.typeOf v}'\nrather than an attribute set for the option\n`${showOption prefix}'!\n\nThis usually happens if `${showOption prefix}' has option\ndefinitions inside that are not matched. Please check how to properly define\nthis option by e.g. referring to `man 5 configuration.nix'!\n"
              ) (pushDown c.value)
            )
        ) configs
      );
      results = mapAttrs (
        name: all:
        let
          loc = prefix ++ [ name ];
          declared = filter (d: isOption d.options) all;
          defs = raw.${name} or [ ];
          leaf = ds: {
            options = evalOption loc (oneDeclaration loc ds) defs;
            unmatched = [ ];
          };
        in
        if length declared == length all then
          leaf all
        else if declared == [ ] then
          match loc all defs
        else if builtins.all (d: d.options.type.name or "" == "submodule") declared then
          leaf (map asSubmodule all)
        else
          throw "The option `${showOption loc}' in module `${(head declared)._file}' would be a parent of the following options, but its type `${
            (head declared).options.type.description or "<no description>"
          }' does not support nested options."
      ) declsBy;
      nested = lib.mapAttrsToList (
        name: r: map (u: u // { path = [ name ] ++ u.path; }) r.unmatched
      ) results;
      here = lib.mapAttrsToList (name: map (d: d // { path = [ name ]; })) (
        removeAttrs raw (attrNames declsBy)
      );
    in
    {
      options = mapAttrs (_: r: r.options) results;
      # In the order of names, as everywhere in nixpkgs: the first one is reported.
      unmatched = lib.sort (a: b: head a.path < head b.path) (builtins.concatLists (nested ++ here));
    };

  values = mapAttrs (_: o: if isOption o then o.value else values o);

  missing =
    prefix: options: def:
    let
      parent = lib.init def.path;
      name = lib.last def.path;
      siblings = attrNames (lib.attrByPath parent { } options);
      candidates = if parent == [ ] then lib.remove "_module" siblings else siblings;
      near = lib.take 3 (
        lib.sortOn (lib.strings.levenshtein name) (
          if length candidates < 100 then
            candidates
          else
            filter (lib.strings.levenshteinAtMost 2 name) candidates
        )
      );
      quoted = map (n: "`${showOption (prefix ++ parent ++ [ n ])}'") near;
      hint =
        if near == [ ] || !suggests then
          ""
        else if length near == 1 then
          "\n\nDid you mean ${head quoted}?"
        else
          "\n\nDid you mean ${lib.concatStringsSep ", " (lib.init quoted)} or ${lib.last quoted}?";
    in
    "The option `${
      showOption (prefix ++ def.path)
    }' does not exist. Definition values:${showDefs [ def ]}${hint}";

  evalModules =
    {
      modules,
      prefix ? [ ],
      specialArgs ? { },
      class ? null,
      ...
    }@given:
    let
      internal = {
        _file = "lib/modules.nix";
        key = "lib/modules.nix";
        options._module = {
          args = mkOption {
            type = lib.types.lazyAttrsOf lib.types.raw;
            internal = true;
            default = { };
          };
          check = mkOption {
            type = lib.types.bool;
            internal = true;
            default = true;
          };
          freeformType = mkOption {
            type = lib.types.nullOr lib.types.optionType;
            internal = true;
            default = null;
          };
          specialArgs = mkOption {
            type = lib.types.raw;
            internal = true;
            default = specialArgs;
          };
        };
        config._module.args = {
          inherit extendModules;
          moduleType = type;
        };
      };
      args = {
        inherit lib config;
        inherit (merged) options;
        inherit specialArgs;
        _class = class;
        _prefix = prefix;
      }
      // specialArgs;
      collected = lib.reverseList (collect args (modules ++ [ internal ]));
      merged = match prefix (map (m: { inherit (m) _file options; }) collected) (
        map (m: {
          file = m._file;
          value = m.config;
        }) collected
      );
      declared = values merged.options;
      freeform = declared._module.freeformType;
      loose = map (u: {
        inherit (u) file;
        value = lib.setAttrByPath u.path u.value;
      }) merged.unmatched;
      config =
        if freeform == null then
          declared
        else
          lib.recursiveUpdate (if loose == [ ] then { } else freeform.merge prefix loose) declared;
      unknownOptions = declared._module.check && freeform == null && merged.unmatched != [ ];
      text = missing prefix merged.options (head merged.unmatched);
      check =
        value:
        if !unknownOptions then
          value
        else if attrNames merged.options != [ "_module" ] then
          throw text
        else if prefix == [ ] then
          throw "${text}\n\nIt seems as if you're trying to declare an option by placing it into `config' rather than `options'!\n"
        else
          throw "${text}\n\nHowever there are no options defined in `${showOption prefix}'. Are you sure you've\ndeclared your options properly? This can happen if you e.g. declared your options in `types.submodule'\nunder `config' rather than `options'.\n";
      extendModules =
        extra:
        evalModules (
          given
          // {
            modules = modules ++ extra.modules or [ ];
            specialArgs = specialArgs // extra.specialArgs or { };
            prefix = extra.prefix or prefix;
          }
        );
      type = lib.types.submoduleWith { inherit modules specialArgs class; };
    in
    {
      _type = "configuration";
      options = check merged.options;
      config = check (removeAttrs config [ "_module" ]);
      _module = check config._module;
      inherit extendModules type class;
    };

  property = _type: attrs: { inherit _type; } // attrs;
  mkIf = condition: content: property "if" { inherit condition content; };
  mkMerge = contents: property "merge" { inherit contents; };
  mkOverride = priority: content: property "override" { inherit priority content; };
  mkOrder = priority: content: property "order" { inherit priority content; };
  mkOptionDefault = mkOverride 1500;

  # Definitions of an old path carried over to a new one.
  rename =
    {
      from,
      to,
      visible,
      warn,
    }:
    { config, options, ... }:
    let
      old = lib.getAttrFromPath from options;
      target = lib.attrByPath to (abort "Renaming error: option `${showOption to}' does not exist.");
    in
    {
      options = lib.setAttrByPath from (
        mkOption {
          inherit visible;
          description = "Alias of {option}`${showOption to}`.";
          apply = _: target config;
        }
        // lib.optionalAttrs (lib.attrByPath to { } options ? type) {
          type = (lib.attrByPath to { } options).type;
        }
      );
      config = mkMerge [
        (lib.optionalAttrs (options ? warnings) {
          warnings =
            lib.optional (warn && old.isDefined)
              "The option `${showOption from}' defined in ${showFiles old.files} has been renamed to `${showOption to}'.";
        })
        # The condition stands outside: a target that its submodule does not declare is no error while nobody sets the old
        # option.
        (mkIf old.isDefined (
          lib.setAttrByPath to (
            mkMerge (map (mkOverride (old.highestPrio or defaultPriority)) old.definitions)
          )
        ))
      ];
    };
in
{
  modules = {
    inherit
      evalModules
      mergeDefinitions
      mkIf
      mkMerge
      mkOverride
      mkOrder
      mkOptionDefault
      ;
    mkDefault = mkOverride 1000;
    mkImageMediaOverride = mkOverride 60;
    mkForce = mkOverride 50;
    mkVMOverride = mkOverride 10;
    mkBefore = mkOrder 500;
    mkAfter = mkOrder 1500;
    mkDefinition = { file, value }: property "definition" { inherit file value; };
    mkAssert =
      assertion: message: content:
      mkIf (if assertion then true else throw "\nFailed assertion: ${message}") content;
    defaultOverridePriority = defaultPriority;
    defaultOrderPriority = defaultOrder;
    setDefaultModuleLocation = file: m: {
      _file = file;
      imports = [ m ];
    };
    importApply = path: args: lib.modules.setDefaultModuleLocation path (import path args);
    # What one option is defined as, for another one, with the priority that it has there.
    mkAliasAndWrapDefsWithPriority =
      wrap: option:
      mkIf option.isDefined (wrap (mkOverride (option.highestPrio or defaultPriority) (mkMerge option.definitions)));
    mkAliasDefinitions = lib.modules.mkAliasAndWrapDefinitions lib.id;
    mkAliasAndWrapDefinitions = wrap: option: mkIf option.isDefined (wrap (mkMerge option.definitions));
    mkRenamedOptionModule =
      from: to:
      rename {
        inherit from to;
        visible = false;
        warn = true;
      };
    mkAliasOptionModule =
      from: to:
      rename {
        inherit from to;
        visible = true;
        warn = false;
      };
    mkRemovedOptionModule =
      name: instructions:
      { options, ... }:
      {
        options = lib.setAttrByPath name (mkOption {
          visible = false;
          apply =
            _:
            throw "The option `${showOption name}' can no longer be used since it's been removed. ${instructions}";
        });
        config.assertions =
          let
            opt = lib.getAttrFromPath name options;
          in
          [
            {
              assertion = !opt.isDefined;
              message = "The option definition `${showOption name}' in ${showFiles opt.files} no longer has any effect; please remove it.\n${instructions}";
            }
          ];
      };
  };
}

# flake-parts' library: how a flake becomes a module, and what modules use to declare options for every system.
{
  lib,
  core,
  extras,
  revision,
}:
let
  inherit (lib) mkOption showOption types;
  oldest = "23.05pre-git";

  example = ''
    For example:

        outputs = inputs@{ flake-parts, ... }:
          flake-parts.lib.mkFlake { inherit inputs; } { /* module */ };

    To avoid an infinite recursion, *DO NOT* pass `self.inputs` and
    *DO NOT* pass `inherit (self) inputs`, but pass the output function
    arguments as `inputs` like above.
  '';

  isFlake =
    value:
    if value ? _type then
      value._type == "flake"
    else
      value ? inputs && value ? outputs && value ? sourceInfo;

  # The type of `perSystem`: what modules give is kept as a list, to be evaluated once for each system.
  deferred =
    { staticModules }@payload:
    types.mkOptionType {
      name = "deferredModule";
      description = "module";
      check = x: builtins.isAttrs x || lib.isFunction x || types.path.check x;
      merge =
        loc: defs:
        staticModules
        ++ map (
          def: lib.modules.setDefaultModuleLocation "${def.file}, via option ${showOption loc}" def.value
        ) defs;
      inherit (types.submoduleWith { modules = staticModules; }) getSubOptions getSubModules;
      substSubModules = modules: deferred { staticModules = modules; };
      functor = {
        name = "deferredModuleWith";
        type = deferred;
        inherit payload;
        binOp = a: b: { staticModules = a.staticModules ++ b.staticModules; };
      };
    };

  self = rec {
    evalFlakeModule =
      args@{
        inputs ? self.inputs,
        specialArgs ? { },
        self ? inputs.self or (throw ''
          When invoking flake-parts, you must pass all the flake output arguments,
          and not just `self.inputs`.

          ${example}
        ''),
        moduleLocation ? "${self.outPath}/flake.nix",
      }:
      let
        place = builtins.unsafeGetAttrPos "inputs" args;
        location =
          args.moduleLocation or (
            if place != null then
              place.file
            else if args ? inputs.self.outPath then
              args.inputs.self.outPath + "/flake.nix"
            else
              "<mkFlake argument>"
          );
      in
      lib.throwIf (!args ? self && !args ? inputs)
        ''
          When invoking flake-parts, you must pass in the flake output arguments.

          ${example}
        ''
        lib.warnIf
        (!args ? inputs)
        ''
          When invoking flake-parts, it is recommended to pass all the flake output
          arguments in the `inputs` parameter. If you only pass `self`, it's not
          possible to use the `inputs` module argument in the module `imports`.

          Please pass the output function arguments. ${example}
        ''
        (
          module:
          lib.evalModules {
            specialArgs = {
              inherit self moduleLocation;
              flake-parts-lib = lib';
              inputs = args.inputs or self.inputs;
            }
            // specialArgs;
            modules = core ++ [ (lib.modules.setDefaultModuleLocation location module) ];
            class = "flake";
          }
        );

    mkFlake = args: module: (evalFlakeModule args module).config.processedFlake;

    defaultModule =
      value: if isFlake value then value.flakeModules.default or value else value;

    mkPerSystemType = module: deferred { staticModules = [ module ]; };
    mkDeferredModuleType = mkPerSystemType;
    mkPerSystemOption = module: mkOption { type = mkPerSystemType module; };
    mkDeferredModuleOption = mkPerSystemOption;
    mkSubmoduleOptions =
      options: mkOption { type = types.submoduleWith { modules = [ { inherit options; } ]; }; };

    # An option that stands once in `perSystem` and once, by system, among the flake's outputs.
    mkTransposedPerSystemModule =
      {
        name,
        option,
        file,
      }:
      {
        _file = file;
        options = {
          flake.${name} = mkOption {
            type = types.lazyAttrsOf option.type;
            default = { };
          };
          perSystem = mkPerSystemOption {
            _file = file;
            options.${name} = option;
          };
        };
        config.transposition.${name} = { };
      };

    mkAliasOptionModule =
      from: to:
      { config, options, ... }:
      let
        target = lib.attrByPath to { } options;
      in
      {
        options = lib.setAttrByPath from (mkOption {
          visible = true;
          type = target.type or (types.submodule { });
          apply =
            _:
            lib.attrByPath to (abort "Renaming error: option `${showOption to}' does not exist.") config;
        });
        config = lib.modules.mkAliasAndWrapDefsWithPriority (lib.setAttrByPath to) (
          lib.getAttrFromPath from options
        );
      };

    importApply =
      path: args: lib.modules.setDefaultModuleLocation path (import path args);
    importAndPublish = name: module: {
      _class = "flake";
      imports = [
        module
        extras.modules
      ];
      flake.modules.flake.${name} = module;
    };
    attrsWith =
      types.attrsWith or (
        {
          elemType,
          lazy ? false,
          ...
        }:
        if lazy then types.lazyAttrsOf elemType else types.attrsOf elemType
      );
    # The real one remembers what it was asked before; a result is the same without.
    memoizeStr = f: f;
  };
  lib' = self;
in
if builtins.compareVersions lib.version oldest < 0 then
  abort ''
    The nixpkgs-lib dependency of flake-parts was overridden but is too old.
    The minimum supported version of nixpkgs-lib is ${oldest},
    but the actual version is ${lib.version}${revision}.
  ''
else
  self

let
  parts = [
    ./trivial.nix
    ./lists.nix
    ./attrs.nix
    ./strings.nix
    ./versions.nix
    ./fixed-points.nix
    ./customisation.nix
    ./systems.nix
    ./sources.nix
  ];
  # Large files, each read when somebody asks for one of its names. So those that stand in lib itself are written here.
  late =
    final:
    let
      fileset = import ./fileset.nix final;
      generators = import ./generators.nix final;
      types = import ./types.nix final;
    in
    {
      inherit (fileset)
        debug
        fileset
        filesystem
        path
        ;
      inherit (fileset.debug)
        traceIf
        traceSeq
        traceVal
        traceValFn
        traceValSeq
        traceValSeqFn
        ;
      inherit (fileset.filesystem) listFilesRecursive;
      inherit (generators) asserts cli generators;
      inherit (generators.asserts) assertMsg assertOneOf checkAssertWarn;
      inherit (types) optionTypes types;
      inherit (types.optionTypes)
        defaultFunctor
        defaultTypeMerge
        isOptionType
        mkOptionType
        ;
      inherit (import ./options.nix final) options;
      inherit (final.options)
        concatMapStringsDots
        getFiles
        getValues
        isOption
        literalExample
        literalExpression
        literalMD
        mdDoc
        mergeDefaultOption
        mergeEqualOption
        mergeOneOption
        mergeUniqueOption
        mkEnableOption
        mkOption
        mkPackageOption
        mkSinkUndeclaredOptions
        optionAttrSetToDocList
        prioritySuggestion
        showDefs
        showFiles
        showOption
        showOptionWithDefLocs
        ;
      inherit (import ./modules.nix final) modules;
      inherit (final.modules)
        defaultOrderPriority
        defaultOverridePriority
        evalModules
        importApply
        mergeDefinitions
        mkAfter
        mkAliasAndWrapDefinitions
        mkAliasAndWrapDefsWithPriority
        mkAliasDefinitions
        mkAliasOptionModule
        mkAssert
        mkBefore
        mkDefault
        mkDefinition
        mkForce
        mkIf
        mkImageMediaOverride
        mkMerge
        mkOptionDefault
        mkOrder
        mkOverride
        mkRemovedOptionModule
        mkRenamedOptionModule
        mkVMOverride
        setDefaultModuleLocation
        ;
    };
  # Groups whose members stand under their own name only (lib.licenses.mit, never lib.mit).
  apart = [
    "systems"
    "platforms"
    "licenses"
  ];
  # Members that their group keeps for itself.
  inside = {
    lists = [
      "cartesianProduct"
      "commonPrefix"
      "compareAny"
      "hasPrefix"
      "removePrefix"
    ];
    strings = [
      "asciiTable"
      "charToInt"
      "commonPrefixLength"
      "commonSuffixLength"
      "elem"
      "elemAt"
      "filter"
      "fromJSON"
      "genList"
      "head"
      "isConvertibleWithToString"
      "join"
      "levenshtein"
      "levenshteinAtMost"
      "match"
      "normalizePath"
      "parseDrvName"
      "replicate"
      "split"
      "splitStringBy"
      "storeDir"
      "tail"
      "toJSON"
      "trimWith"
    ];
    attrsets = [
      "longestValidPathPrefix"
      "unionOfDisjoint"
      "updateAtPath"
    ];
  };
  # Each part is a function of the whole, so that they may use one another; a part lists its groups ("strings", "lists")
  # and every member of a group is also a member of lib itself.
  make =
    final:
    builtins.foldl' (
      all: part:
      let
        groups = import part final;
      in
      builtins.foldl' (flat: name: flat // removeAttrs groups.${name} (inside.${name} or [ ])) all (
        builtins.attrNames (removeAttrs groups apart)
      )
      // groups
    ) { } parts
    // late final;
  fixed = (import ./fixed-points.nix { }).fixedPoints;
in
fixed.makeExtensible make

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
    ./fileset.nix
    ./generators.nix
    ./options.nix
    ./types.nix
    ./modules.nix
  ];
  # Groups whose members stand under their own name only (lib.licenses.mit, never lib.mit).
  apart = [
    "systems"
    "platforms"
    "licenses"
    "types"
    "generators"
    "cli"
    "path"
    "fileset"
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
    ) { } parts;
  fixed = (import ./fixed-points.nix { }).fixedPoints;
in
fixed.makeExtensible make

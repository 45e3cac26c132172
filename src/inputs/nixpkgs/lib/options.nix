lib:
let
  inherit (lib) concatMapStrings concatStringsSep optional;
in
{
  options = rec {
    isOption = v: v._type or null == "option";
    mkOption = attrs: attrs // { _type = "option"; };
    mkEnableOption =
      name:
      mkOption {
        default = false;
        example = true;
        description = "Whether to enable ${name}.";
        type = lib.types.bool;
      };
    mkPackageOption =
      pkgs: name:
      {
        default ? name,
        nullable ? false,
        extraDescription ? "",
        pkgsText ? "pkgs",
        ...
      }:
      let
        title = if builtins.isList name then lib.last name else name;
        path = lib.toList (if default == null then [ ] else default);
      in
      mkOption (
        {
          type = if nullable then lib.types.nullOr lib.types.package else lib.types.package;
          description = "The ${title} package to use.${
            lib.optionalString (extraDescription != "") " ${extraDescription}"
          }";
        }
        // lib.optionalAttrs (default != null) {
          default =
            lib.attrByPath path (throw "${concatStringsSep "." path} cannot be found in ${pkgsText}")
              pkgs;
          defaultText = literalExpression "${pkgsText}.${concatStringsSep "." path}";
        }
      );
    mkSinkUndeclaredOptions =
      attrs:
      mkOption (
        {
          internal = true;
          visible = false;
          default = false;
          type = lib.types.unspecified;
          apply = _: throw "Option value is not readable because the option is not declared.";
        }
        // attrs
      );
    literalExpression = text: {
      _type = "literalExpression";
      inherit text;
    };
    literalMD = text: {
      _type = "literalMD";
      inherit text;
    };
    literalExample = literalExpression;
    mdDoc = text: text;
    getValues = map (x: x.value);
    getFiles = map (x: x.file);
    showOption = concatMapStringsDots;
    concatMapStringsDots =
      parts:
      concatStringsSep "." (
        map (
          p: if p == "*" || builtins.match "<(.*)>" p != null then p else lib.strings.escapeNixIdentifier p
        ) parts
      );
    showFiles = files: concatStringsSep " and " (map (f: "`${f}'") files);
    showDefs = concatMapStrings (
      def:
      let
        shown = builtins.tryEval (
          lib.generators.toPretty { } (
            lib.generators.withRecursion {
              depthLimit = 10;
              throwOnDepthLimit = false;
            } def.value
          )
        );
        lines = lib.splitString "\n" shown.value;
        few = concatStringsSep "\n    " (lib.take 5 lines ++ optional (builtins.length lines > 5) "...");
      in
      "\n- In `${def.file}'"
      + (
        if !shown.success then
          ""
        else if builtins.length lines > 1 then
          ":\n    " + few
        else
          ": " + few
      )
    );
    showOptionWithDefLocs =
      opt:
      "${showOption opt.loc}, with values defined in:\n${concatMapStrings (f: "  - ${f}\n") opt.files}";
    prioritySuggestion = "Use `lib.mkForce value` or `lib.mkDefault value` to change the priority on any of these definitions.";
    mergeUniqueOption =
      {
        message,
        merge ? (_: defs: (builtins.head defs).value),
      }:
      loc: defs:
      if builtins.length defs == 1 then
        merge loc defs
      else
        throw "The option `${showOption loc}' is defined multiple times while it's expected to be unique.\n${message}\nDefinition values:${showDefs defs}\n${prioritySuggestion}";
    mergeOneOption = mergeUniqueOption { message = ""; };
    mergeEqualOption =
      loc: defs:
      builtins.foldl' (
        value: def:
        if builtins.length defs > 1 && def.value != value then
          throw "The option `${showOption loc}' has conflicting definition values:${
            showDefs [
              (builtins.head defs)
              def
            ]
          }\n${prioritySuggestion}"
        else
          value
      ) (builtins.head defs).value (builtins.tail defs);
    mergeDefaultOption =
      loc: defs:
      let
        list = getValues defs;
        every = p: builtins.all p list;
      in
      if builtins.length list == 1 then
        builtins.head list
      else if every lib.isFunction then
        x:
        mergeDefaultOption loc (
          map (f: {
            file = "<function>";
            value = f x;
          }) list
        )
      else if every builtins.isList then
        builtins.concatLists list
      else if every builtins.isAttrs then
        builtins.foldl' lib.mergeAttrs { } list
      else if every builtins.isBool then
        builtins.any lib.id list
      else if every builtins.isString then
        lib.concatStrings list
      else if every builtins.isInt && every (x: x == builtins.head list) then
        builtins.head list
      else
        throw "Cannot merge definitions of `${showOption loc}'. Definition values:${showDefs defs}";
    optionAttrSetToDocList =
      opts:
      map (o: {
        name = showOption o.loc;
        inherit (o) loc;
      }) (lib.collect isOption opts);
  };
}

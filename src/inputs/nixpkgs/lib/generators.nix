lib: {
  generators = rec {
    mkValueStringDefault =
      _: v:
      if builtins.isString v then
        v
      else if builtins.isBool v then
        lib.boolToString v
      else if v == null then
        "null"
      else if builtins.isList v || (builtins.isAttrs v && !lib.isDerivation v) then
        throw "generators.mkValueStringDefault: ${builtins.typeOf v}s not supported: ${toPretty { } v}"
      else
        toString v;
    mkKeyValueDefault =
      {
        mkValueString ? mkValueStringDefault { },
      }:
      sep: k: v:
      "${lib.escape [ sep ] k}${sep}${mkValueString v}";
    toKeyValue =
      {
        mkKeyValue ? mkKeyValueDefault { } "=",
        listsAsDuplicateKeys ? false,
        indent ? "",
      }:
      attrs:
      lib.concatStrings (
        builtins.concatLists (
          lib.mapAttrsToList (
            k: v:
            map (x: indent + mkKeyValue k x + "\n") (
              if listsAsDuplicateKeys && builtins.isList v then v else [ v ]
            )
          ) attrs
        )
      );
    toINI =
      {
        mkSectionName ? (name: lib.escape [ "[" "]" ] name),
        ...
      }@args:
      attrs:
      lib.concatStringsSep "\n" (
        lib.mapAttrsToList (
          name: values: "[${mkSectionName name}]\n${toKeyValue (removeAttrs args [ "mkSectionName" ]) values}"
        ) attrs
      );
    toJSON = _: builtins.toJSON;
    toYAML = toJSON;
    withRecursion =
      {
        depthLimit,
        throwOnDepthLimit ? true,
      }:
      let
        specials = [
          "__functor"
          "__functionArgs"
          "__toString"
          "__pretty"
        ];
        go =
          depth: v:
          if builtins.isAttrs v then
            builtins.mapAttrs (
              name: x:
              if builtins.elem name specials then
                x
              else if depth < depthLimit then
                go (depth + 1) x
              else if throwOnDepthLimit then
                throw "Exceeded maximum eval-depth limit of ${toString depthLimit} while trying to evaluate with `generators.withRecursion'!"
              else
                "<unevaluated>"
            ) v
          else if builtins.isList v then
            map (
              x:
              if depth < depthLimit then
                go (depth + 1) x
              else if throwOnDepthLimit then
                throw "Exceeded maximum eval-depth limit of ${toString depthLimit} while trying to evaluate with `generators.withRecursion'!"
              else
                "<unevaluated>"
            ) v
          else
            v;
      in
      go 0;
    toPretty =
      {
        allowPrettyValues ? false,
        multiline ? true,
        indent ? "",
      }:
      let
        go =
          indent: v:
          let
            intro = if multiline then "\n${indent}  " else " ";
            outro = if multiline then "\n${indent}" else " ";
            args = lib.functionArgs v;
          in
          if builtins.isString v then
            (
              let
                lines = lib.splitString "\n" v;
                inner = map (builtins.replaceStrings [ "\${" "''" ] [ "''\${" "'''" ]) lines;
                end = lib.last inner;
              in
              if multiline && builtins.length lines > 1 then
                "''"
                + intro
                + lib.concatStringsSep intro (lib.init inner)
                + (if end == "" then outro else intro + end)
                + "''"
              else
                "\""
                + lib.concatStringsSep "\\n" (
                  map (lib.escape [
                    "\\"
                    "\""
                    "\${"
                  ]) lines
                )
                + "\""
            )
          else if builtins.isFloat v then
            builtins.toJSON v
          else if builtins.isBool v then
            lib.boolToString v
          else if v == null then
            "null"
          else if builtins.isList v then
            if v == [ ] then
              "[ ]"
            else
              "[" + intro + lib.concatMapStringsSep intro (go (indent + "  ")) v + outro + "]"
          else if lib.isFunction v then
            if args == { } then
              "<function>"
            else
              "<function, args: {${
                lib.concatStringsSep ", " (lib.mapAttrsToList (n: d: n + lib.optionalString d "?") args)
              }}>"
          else if builtins.isAttrs v then
            if allowPrettyValues && v ? __pretty && v ? val then
              v.__pretty v.val
            else if v == { } then
              "{ }"
            else if v.type or null == "derivation" then
              "<derivation ${v.name or "???"}>"
            else
              "{"
              + intro
              + lib.concatStringsSep intro (
                lib.mapAttrsToList (
                  name: value:
                  "${lib.strings.escapeNixIdentifier name} = ${
                    builtins.addErrorContext "while evaluating an attribute `${name}`" (go (indent + "  ") value)
                  };"
                ) v
              )
              + outro
              + "}"
          else
            toString v;
      in
      go indent;
  };
  cli = rec {
    toGNUCommandLineShell = options: attrs: lib.escapeShellArgs (toGNUCommandLine options attrs);
    toGNUCommandLine =
      {
        mkOptionName ? (k: if builtins.stringLength k == 1 then "-${k}" else "--${k}"),
        ...
      }:
      attrs:
      builtins.concatLists (
        lib.mapAttrsToList (
          k: v:
          if builtins.isBool v then
            lib.optional v (mkOptionName k)
          else if v == null then
            [ ]
          else
            lib.concatMap (x: [
              (mkOptionName k)
              (toString x)
            ]) (lib.toList v)
        ) attrs
      );
  };
  asserts = rec {
    assertMsg = pred: msg: pred || builtins.throw msg;
    assertOneOf =
      name: val: xs:
      assertMsg (builtins.elem val xs) "${name} must be one of ${lib.generators.toPretty { } xs}, but is: ${
        lib.generators.toPretty { } val
      }";
    checkAssertWarn =
      assertions: warnings: val:
      let
        failed = map (x: x.message) (builtins.filter (x: !x.assertion) assertions);
      in
      if failed != [ ] then
        throw "\nFailed assertions:\n${lib.concatMapStringsSep "\n" (x: "- ${x}") failed}"
      else
        lib.showWarnings warnings val;
  };
}

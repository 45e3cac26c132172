lib:
let
  inherit (builtins)
    all
    elem
    filter
    head
    isAttrs
    isBool
    isFloat
    isInt
    isList
    isString
    length
    ;
  inherit (lib.options)
    getFiles
    getValues
    mergeDefaultOption
    mergeEqualOption
    mergeOneOption
    showDefs
    showFiles
    showOption
    ;
  inherit (lib.modules) mergeDefinitions;

  mkOptionType =
    {
      name,
      description ? name,
      descriptionClass ? null,
      check ? _: true,
      merge ? mergeDefaultOption,
      emptyValue ? { },
      getSubOptions ? _: { },
      getSubModules ? null,
      substSubModules ? _: null,
      nestedTypes ? { },
      deprecationMessage ? null,
      functor ? defaultFunctor name,
      typeMerge ? null,
      deep ? false,
    }@args:
    let
      result = {
        _type = "option-type";
        inherit
          name
          description
          descriptionClass
          check
          merge
          emptyValue
          getSubOptions
          getSubModules
          substSubModules
          nestedTypes
          deprecationMessage
          functor
          deep
          ;
        typeMerge =
          if typeMerge != null then
            typeMerge
          else if functor ? binOp then
            defaultTypeMerge functor
          else
            other: if other.name == name && nestedTypes == { } then result else null;
      };
    in
    result;
  # How two declarations of one option become one type: by name, and by what a type says of its arguments (`binOp`).
  defaultFunctor = name: { inherit name; };
  defaultTypeMerge =
    mine: other:
    let
      payload = mine.binOp mine.payload other.payload;
    in
    if mine.name != other.name || payload == null then null else mine.type payload;

  # The description of a nested type, in parentheses where two readings would be possible.
  phrase =
    classes: t:
    if elem (t.descriptionClass or null) classes then t.description else "(${t.description})";

  plain =
    name: description: check:
    mkOptionType {
      inherit name description check;
      descriptionClass = "noun";
      merge = mergeEqualOption;
    };
  separated =
    name: description: sep:
    plain name description isString
    // {
      merge = _: defs: lib.concatStringsSep sep (getValues defs);
    };
  between =
    name: description: check:
    addCheck (plain "int" "signed integer" isInt) check // { inherit name description; };
  range = low: high: "${toString low} and ${toString high} (both inclusive)";
  sized =
    bits: signed:
    let
      size = lib.foldl' (n: _: n * 2) 1 (lib.range 1 (if signed then bits - 1 else bits));
      low = if signed then -size else 0;
    in
    between (if signed then "signedInt${toString bits}" else "unsignedInt${toString bits}")
      "${toString bits} bit ${
        if signed then "signed" else "unsigned"
      } integer; between ${range low (size - 1)}"
      (x: x >= low && x < size);

  addCheck = type: check: type // { check = x: type.check x && check x; };

  one =
    loc: type: file: value:
    mergeDefinitions loc type [ { inherit file value; } ];

  attrsWith =
    {
      elemType,
      lazy ? false,
      placeholder ? "name",
    }:
    mkOptionType {
      name = if lazy then "lazyAttrsOf" else "attrsOf";
      deep = true;
      description = "${lib.optionalString lazy "lazy "}attribute set of ${
        phrase [
          "noun"
          "composite"
        ] elemType
      }";
      descriptionClass = "composite";
      check = isAttrs;
      merge =
        loc: defs:
        let
          each = builtins.zipAttrsWith (name: mergeDefinitions (loc ++ [ name ]) elemType) (
            map (
              def:
              builtins.mapAttrs (_: value: {
                inherit (def) file;
                inherit value;
              }) def.value
            ) defs
          );
        in
        if lazy then
          builtins.mapAttrs (_: v: v.optionalValue.value or elemType.emptyValue.value or v.mergedValue) each
        else
          builtins.mapAttrs (_: v: v.optionalValue.value) (lib.filterAttrs (_: v: v.isDefined) each);
      emptyValue.value = { };
      getSubOptions = prefix: elemType.getSubOptions (prefix ++ [ "<${placeholder}>" ]);
      inherit (elemType) getSubModules;
      substSubModules =
        m:
        attrsWith {
          elemType = elemType.substSubModules m;
          inherit lazy placeholder;
        };
      nestedTypes.elemType = elemType;
      functor = {
        name = "attrsOf";
        payload.elemType = elemType;
      };
      typeMerge =
        other:
        let
          inner = elemType.typeMerge other.payload.elemType.functor;
        in
        if other.name != "attrsOf" || inner == null then
          null
        else
          attrsWith {
            elemType = inner;
            inherit lazy placeholder;
          };
    };
  submoduleWith =
    {
      modules,
      specialArgs ? { },
      shorthandOnlyDefinesConfig ? false,
      description ? null,
      class ? null,
    }@given:
    let
      evaluated =
        loc: more:
        lib.evalModules {
          inherit specialArgs class;
          prefix = loc;
          modules = [
            { _module.args.name = lib.mkOptionDefault (if loc == [ ] then "‹name›" else lib.last loc); }
          ]
          ++ modules
          ++ more;
        };
      freeform = (evaluated [ ] [ ])._module.freeformType;
    in
    mkOptionType {
      name = "submodule";
      deep = true;
      description = if description != null then description else "submodule";
      check = x: isAttrs x || lib.isFunction x || builtins.isPath x;
      merge =
        loc: defs:
        (evaluated loc (
          map (
            { value, file, ... }:
            if isAttrs value && shorthandOnlyDefinesConfig then
              {
                _file = file;
                config = value;
              }
            else
              {
                _file = file;
                imports = [ value ];
              }
          ) defs
        )).config;
      emptyValue.value = { };
      getSubOptions = prefix: (evaluated prefix [ ]).options;
      getSubModules = modules;
      substSubModules = m: submoduleWith (given // { modules = m; });
      functor = {
        name = "submodule";
        payload = given;
      };
      typeMerge =
        other:
        if other.name != "submodule" then
          null
        else
          submoduleWith (
            given
            // {
              modules = modules ++ other.payload.modules;
              specialArgs = specialArgs // other.payload.specialArgs or { };
            }
          );
    };
in
{
  optionTypes = {
    inherit mkOptionType defaultFunctor defaultTypeMerge;
    isOptionType = v: v._type or null == "option-type";
  };
  types = rec {
    inherit
      mkOptionType
      defaultFunctor
      defaultTypeMerge
      addCheck
      submoduleWith
      attrsWith
      ;
    isOptionType = v: v._type or null == "option-type";
    optionDescriptionPhrase =
      pred: t: if pred (t.descriptionClass or null) then t.description else "(${t.description})";
    raw = mkOptionType {
      name = "raw";
      description = "raw value";
      descriptionClass = "noun";
      merge = mergeOneOption;
    };
    unspecified = mkOptionType {
      name = "unspecified";
      description = "unspecified value";
      descriptionClass = "noun";
    };
    anything = mkOptionType {
      name = "anything";
      description = "anything";
      descriptionClass = "noun";
      merge =
        loc: defs:
        let
          kind = v: if isAttrs v && lib.isStringLike v then "package" else builtins.typeOf v;
          kinds = lib.unique (map (d: kind d.value) defs);
          merges = {
            set = (attrsOf anything).merge;
            package = mergeOneOption;
            lambda =
              loc: defs: arg:
              anything.merge (loc ++ [ "<function body>" ]) (
                map (d: {
                  inherit (d) file;
                  value = d.value arg;
                }) defs
              );
          };
        in
        if length kinds > 1 then
          throw "The option `${showOption loc}' has conflicting option types in ${showFiles (getFiles defs)}"
        else
          (merges.${head kinds} or mergeEqualOption) loc defs;
    };
    bool = plain "bool" "boolean" isBool;
    boolByOr = plain "boolByOr" "boolean (merged using or)" isBool // {
      merge = _: defs: builtins.any lib.id (getValues defs);
    };
    int = plain "int" "signed integer" isInt;
    ints = {
      between =
        low: high: between "intBetween" "integer between ${range low high}" (x: x >= low && x <= high);
      unsigned = between "unsignedInt" "unsigned integer, meaning >=0" (x: x >= 0) // {
        descriptionClass = "nonRestrictiveClause";
      };
      positive = between "positiveInt" "positive integer, meaning >0" (x: x > 0) // {
        descriptionClass = "nonRestrictiveClause";
      };
      u8 = sized 8 false;
      u16 = sized 16 false;
      u32 = sized 32 false;
      s8 = sized 8 true;
      s16 = sized 16 true;
      s32 = sized 32 true;
    };
    port = ints.u16;
    float = plain "float" "floating point number" isFloat;
    number = either int float;
    str = plain "str" "string" isString;
    string = str;
    singleLineStr =
      plain "singleLineStr" "(optionally newline-terminated) single-line string" (
        x: isString x && builtins.match "[^\n\r]*\n?" x != null
      )
      // {
        merge = loc: defs: lib.removeSuffix "\n" (mergeEqualOption loc defs);
      };
    nonEmptyStr = plain "nonEmptyStr" "non-empty string" (
      x: isString x && builtins.match "[ \t\n]*" x == null
    );
    strMatching =
      pattern:
      plain "strMatching ${lib.strings.escapeNixString pattern}" "string matching the pattern ${pattern}"
        (x: isString x && builtins.match pattern x != null);
    separatedString =
      sep: separated "separatedString" "strings concatenated with ${builtins.toJSON sep}" sep;
    lines = separatedString "\n";
    commas = separatedString ",";
    envVar = separatedString ":";
    attrs = mkOptionType {
      name = "attrs";
      description = "attribute set";
      check = isAttrs;
      merge = _: builtins.foldl' (all: def: all // def.value) { };
      emptyValue.value = { };
    };
    package = mkOptionType {
      name = "package";
      descriptionClass = "noun";
      check = x: lib.isDerivation x || lib.isStorePath x;
      merge =
        loc: defs:
        let
          value = mergeOneOption loc defs;
        in
        if builtins.isPath value || (isString value && !builtins.hasContext value) then
          lib.toDerivation value
        else
          value;
    };
    shellPackage = package // {
      check = x: lib.isDerivation x && x ? shellPath;
    };
    pkgs = addCheck (
      unspecified
      // {
        name = "pkgs";
        description = "Nixpkgs package set";
      }
    ) (x: x._type or null == "pkgs");
    path =
      plain "path" "${lib.optionalString (lib.versionAtLeast lib.release "25.05") "absolute "}path"
        (x: lib.isStringLike x && builtins.substring 0 1 (toString x) == "/");
    pathInStore = plain "path" "path in the Nix store" (
      x:
      lib.isStringLike x
      && builtins.match "${lib.escapeRegex builtins.storeDir}/[^.].*" (toString x) != null
    );
    externalPath = path;
    listOf =
      elemType:
      mkOptionType {
        name = "listOf";
        deep = true;
        description = "list of ${
          phrase [
            "noun"
            "composite"
          ] elemType
        }";
        descriptionClass = "composite";
        check = isList;
        merge =
          loc: defs:
          map (e: e.optionalValue.value or e.mergedValue) (
            filter (e: e.isDefined) (
              builtins.concatLists (
                lib.imap1 (
                  n: def:
                  lib.imap1 (
                    m: value: one (loc ++ [ "[definition ${toString n}-entry ${toString m}]" ]) elemType def.file value
                  ) def.value
                ) defs
              )
            )
          );
        emptyValue.value = [ ];
        getSubOptions = prefix: elemType.getSubOptions (prefix ++ [ "*" ]);
        inherit (elemType) getSubModules;
        substSubModules = m: listOf (elemType.substSubModules m);
        nestedTypes.elemType = elemType;
        functor = {
          name = "listOf";
          payload.elemType = elemType;
        };
        typeMerge =
          other:
          let
            inner = elemType.typeMerge other.payload.elemType.functor;
          in
          if other.name != "listOf" || inner == null then null else listOf inner;
      };
    nonEmptyListOf =
      elemType:
      let
        list = addCheck (listOf elemType) (l: l != [ ]);
      in
      list
      // {
        description = "non-empty (${list.description})";
        emptyValue = { };
      };
    attrsOf = elemType: attrsWith { inherit elemType; };
    lazyAttrsOf =
      elemType:
      attrsWith {
        inherit elemType;
        lazy = true;
      };
    loaOf = attrsOf;
    uniq = unique { message = ""; };
    unique =
      { message }:
      type:
      type
      // {
        name = "unique";
        merge = lib.options.mergeUniqueOption {
          inherit message;
          inherit (type) merge;
        };
      };
    nullOr =
      elemType:
      mkOptionType {
        name = "nullOr";
        description = "null or ${
          phrase [
            "noun"
            "conjunction"
          ] elemType
        }";
        descriptionClass = "conjunction";
        check = x: x == null || elemType.check x;
        merge =
          loc: defs:
          let
            nulls = lib.count (def: def.value == null) defs;
          in
          if nulls == length defs then
            null
          else if nulls != 0 then
            throw "The option `${showOption loc}` is defined both null and not null, in ${showFiles (getFiles defs)}."
          else
            elemType.merge loc defs;
        emptyValue.value = null;
        inherit (elemType) getSubOptions getSubModules;
        substSubModules = m: nullOr (elemType.substSubModules m);
        nestedTypes.elemType = elemType;
        functor = {
          name = "nullOr";
          payload.elemType = elemType;
        };
        typeMerge =
          other:
          let
            inner = elemType.typeMerge other.payload.elemType.functor;
          in
          if other.name != "nullOr" || inner == null then null else nullOr inner;
      };
    functionTo =
      elemType:
      mkOptionType {
        name = "functionTo";
        description = "function that evaluates to a(n) ${
          phrase [
            "noun"
            "composite"
          ] elemType
        }";
        descriptionClass = "composite";
        check = lib.isFunction;
        merge =
          loc: defs:
          let
            apply =
              arg:
              (mergeDefinitions (loc ++ [ "<function body>" ]) elemType (
                map (def: {
                  inherit (def) file;
                  value = def.value arg;
                }) defs
              )).mergedValue;
          in
          lib.mirrorFunctionArgs (head defs).value apply;
        nestedTypes.elemType = elemType;
      };
    submodule =
      modules:
      submoduleWith {
        shorthandOnlyDefinesConfig = true;
        modules = lib.toList modules;
      };
    deferredModule = deferredModuleWith { staticModules = [ ]; };
    deferredModuleWith =
      {
        staticModules ? [ ],
      }:
      mkOptionType {
        name = "deferredModule";
        description = "module";
        descriptionClass = "noun";
        check = x: isAttrs x || lib.isFunction x || builtins.isPath x;
        merge = loc: defs: {
          imports =
            staticModules
            ++ map (def: {
              _file = "${def.file}, via option ${showOption loc}";
              imports = [ def.value ];
            }) defs;
        };
      };
    optionType = mkOptionType {
      name = "optionType";
      description = "optionType";
      descriptionClass = "noun";
      check = isOptionType;
      merge = loc: defs: if length defs == 1 then (head defs).value else mergeOneOption loc defs;
    };
    enum =
      values:
      let
        show =
          v:
          if isString v then
            "\"${v}\""
          else if isInt v then
            toString v
          else if isBool v then
            lib.boolToString v
          else
            "<${builtins.typeOf v}>";
      in
      plain "enum" (
        if values == [ ] then
          "impossible (empty enum)"
        else if length values == 1 then
          "value ${show (head values)} (singular enum)"
        else
          "one of ${lib.concatMapStringsSep ", " show values}"
      ) (x: elem x values)
      // {
        descriptionClass = if length values < 2 then "noun" else "conjunction";
        functor = {
          name = "enum";
          payload = { inherit values; };
        };
        typeMerge =
          other: if other.name == "enum" then enum (lib.unique (values ++ other.payload.values)) else null;
      };
    either =
      t1: t2:
      mkOptionType {
        name = "either";
        deep = true;
        description =
          if t1.descriptionClass or null == "nonRestrictiveClause" then
            "${t1.description}, or ${phrase [ "noun" "conjunction" ] t2}"
          else
            "${phrase [ "noun" "conjunction" ] t1} or ${
              phrase [
                "noun"
                "conjunction"
                "composite"
              ] t2
            }";
        descriptionClass = "conjunction";
        check = x: t1.check x || t2.check x;
        merge =
          loc: defs:
          let
            values = getValues defs;
          in
          if all t1.check values then
            t1.merge loc defs
          else if all t2.check values then
            t2.merge loc defs
          else
            mergeOneOption loc defs;
        nestedTypes = {
          left = t1;
          right = t2;
        };
      };
    oneOf =
      ts:
      if ts == [ ] then
        throw "types.oneOf needs to get at least one type in its argument"
      else
        builtins.foldl' either (head ts) (lib.tail ts);
    coercedTo =
      from: coerce: to:
      mkOptionType {
        name = "coercedTo";
        description = "${phrase [ "noun" ] to} or ${phrase [ "noun" ] from} convertible to it";
        check = x: (from.check x && to.check (coerce x)) || to.check x;
        merge =
          loc: defs:
          to.merge loc (
            map (def: def // { value = if from.check def.value then coerce def.value else def.value; }) defs
          );
        inherit (to) emptyValue getSubOptions getSubModules;
        nestedTypes = {
          coercedType = from;
          finalType = to;
        };
      };
  };
}

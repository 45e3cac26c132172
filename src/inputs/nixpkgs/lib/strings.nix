lib:
let
  inherit (builtins)
    concatStringsSep
    isInt
    isList
    isString
    match
    replaceStrings
    split
    stringLength
    substring
    ;
in
{
  strings = rec {
    inherit (builtins)
      compareVersions
      concatStringsSep
      elem
      elemAt
      filter
      fromJSON
      genList
      head
      isInt
      isList
      isAttrs
      isPath
      isString
      match
      parseDrvName
      readFile
      replaceStrings
      split
      storeDir
      stringLength
      substring
      tail
      toJSON
      typeOf
      unsafeDiscardStringContext
      ;
    concatStrings = concatStringsSep "";
    concatMapStrings = f: list: concatStrings (map f list);
    concatImapStrings = f: list: concatStrings (lib.imap1 f list);
    concatMapStringsSep =
      sep: f: list:
      concatStringsSep sep (map f list);
    concatImapStringsSep =
      sep: f: list:
      concatStringsSep sep (lib.imap1 f list);
    concatMapAttrsStringSep =
      sep: f: attrs:
      concatStringsSep sep (lib.mapAttrsToList f attrs);
    concatLines = concatMapStrings (s: s + "\n");
    join = concatStringsSep;
    intersperse =
      separator: list:
      if list == [ ] then
        [ ]
      else
        builtins.tail (
          builtins.concatMap (x: [
            separator
            x
          ]) list
        );
    replicate = n: s: concatStrings (lib.lists.replicate n s);
    trim = trimWith {
      start = true;
      end = true;
    };
    trimWith =
      {
        start ? false,
        end ? false,
      }:
      s:
      let
        left = if start then builtins.elemAt (match "[ \t\r\n]*(.*)" s) 0 else s;
        right = match "(.*[^ \t\r\n])[ \t\r\n]*" left;
      in
      if !end then
        left
      else if right == null then
        ""
      else
        builtins.head right;
    makeSearchPath =
      subDir: paths:
      concatStringsSep ":" (map (path: path + "/" + subDir) (builtins.filter (x: x != null) paths));
    makeSearchPathOutput =
      output: subDir: pkgs:
      makeSearchPath subDir (map (lib.getOutput output) pkgs);
    makeLibraryPath = makeSearchPathOutput "lib" "lib";
    makeIncludePath = makeSearchPathOutput "dev" "include";
    makeBinPath = makeSearchPathOutput "bin" "bin";
    normalizePath =
      s:
      builtins.foldl' (acc: c: if c == "/" && hasSuffix "/" acc then acc else acc + c) "" (
        stringToCharacters s
      );
    optionalString = cond: string: if cond then string else "";
    hasPrefix = pref: str: substring 0 (stringLength pref) str == pref;
    hasSuffix =
      suffix: content:
      let
        extra = stringLength content - stringLength suffix;
      in
      extra >= 0 && substring extra (-1) content == suffix;
    hasInfix = infix: content: match ".*${escapeRegex infix}.*" "${content}" != null;
    stringToCharacters = s: builtins.genList (p: substring p 1 s) (stringLength s);
    stringAsChars = f: s: concatStrings (map f (stringToCharacters s));
    charToInt = c: builtins.getAttr c asciiTable;
    asciiTable =
      builtins.listToAttrs (
        lib.imap0 (i: c: lib.nameValuePair c (i + 32)) (
          stringToCharacters " !\"#$%&'()*+,-./0123456789:;<=>?@ABCDEFGHIJKLMNOPQRSTUVWXYZ[\\]^_`abcdefghijklmnopqrstuvwxyz{|}~"
        )
      )
      // {
        "\t" = 9;
        "\n" = 10;
        "\r" = 13;
      };
    escape = list: replaceStrings list (map (c: "\\${c}") list);
    escapeC =
      list:
      replaceStrings list (
        map (c: "\\x${fixedWidthString 2 "0" (toLower (lib.toHexString (charToInt c)))}") list
      );
    escapeURL =
      s:
      stringAsChars (
        c:
        if match "[A-Za-z0-9._~-]" c != null then
          c
        else
          "%${fixedWidthString 2 "0" (lib.toHexString (charToInt c))}"
      ) s;
    escapeShellArg =
      arg:
      let
        string = toString arg;
      in
      if match "[[:alnum:],._+:@%/-]+" string == null then
        "'${replaceStrings [ "'" ] [ "'\\''" ] string}'"
      else
        string;
    escapeShellArgs = concatMapStringsSep " " escapeShellArg;
    isValidPosixName = name: match "[a-zA-Z_][a-zA-Z0-9_]*" name != null;
    toShellVar =
      name: value:
      lib.throwIfNot (isValidPosixName name) "toShellVar: ${name} is not a valid shell variable name" (
        if builtins.isAttrs value && !isStringLike value then
          "declare -A ${name}=(${
            concatStringsSep " " (lib.mapAttrsToList (n: v: "[${escapeShellArg n}]=${escapeShellArg v}") value)
          })"
        else if isList value then
          "declare -a ${name}=(${escapeShellArgs value})"
        else
          "${name}=${escapeShellArg value}"
      );
    toShellVars = vars: concatStringsSep "\n" (lib.mapAttrsToList toShellVar vars);
    escapeNixString = s: escape [ "$" ] (builtins.toJSON s);
    escapeRegex = escape (stringToCharacters "\\[{()^$?*+|.");
    nixKeywords = [
      "assert"
      "else"
      "if"
      "in"
      "inherit"
      "let"
      "or"
      "rec"
      "then"
      "with"
    ];
    escapeNixIdentifier =
      s:
      if match "[a-zA-Z_][a-zA-Z0-9_'-]*" s != null && !(builtins.elem s nixKeywords) then
        s
      else
        escapeNixString s;
    escapeXML = replaceStrings [ "\"" "'" "<" ">" "&" ] [ "&quot;" "&apos;" "&lt;" "&gt;" "&amp;" ];
    lowerChars = stringToCharacters "abcdefghijklmnopqrstuvwxyz";
    upperChars = stringToCharacters "ABCDEFGHIJKLMNOPQRSTUVWXYZ";
    toLower = replaceStrings upperChars lowerChars;
    toUpper = replaceStrings lowerChars upperChars;
    toSentenceCase = s: toUpper (substring 0 1 s) + toLower (substring 1 (-1) s);
    toCamelCase =
      str:
      let
        apart = splitStringBy (
          _: c:
          builtins.elem c [
            "-"
            "_"
            " "
          ]
        ) false str;
        parts = builtins.concatMap (splitStringBy (
          p: c: match "[a-z]" p != null && match "[A-Z]" c != null
        ) true) apart;
      in
      lib.throwIfNot (isString str)
        "toCamelCase does only accepts string values, but got ${builtins.typeOf str}"
        (
          addContextFrom str (
            toLower (builtins.head parts) + concatMapStrings toSentenceCase (builtins.tail parts)
          )
        );
    addContextFrom = src: target: substring 0 0 src + target;
    splitString =
      sep: s:
      map (addContextFrom s) (builtins.filter isString (split (escapeRegex (toString sep)) (toString s)));
    splitStringBy =
      predicate: keepSplit: s:
      let
        chars = stringToCharacters s;
        step =
          acc: c:
          if predicate acc.prev c then
            {
              done = acc.done ++ [ acc.part ];
              part = if keepSplit then c else "";
              prev = c;
            }
          else
            acc
            // {
              part = acc.part + c;
              prev = c;
            };
        end = builtins.foldl' step {
          done = [ ];
          part = "";
          prev = "";
        } chars;
      in
      if s == "" then [ "" ] else end.done ++ [ end.part ];
    removePrefix =
      prefix: str: if hasPrefix prefix str then substring (stringLength prefix) (-1) str else str;
    removeSuffix =
      suffix: str:
      if hasSuffix suffix str then substring 0 (stringLength str - stringLength suffix) str else str;
    commonPrefixLength =
      a: b: builtins.length (lib.lists.commonPrefix (stringToCharacters a) (stringToCharacters b));
    commonSuffixLength =
      a: b:
      let
        backwards = s: lib.reverseList (stringToCharacters s);
      in
      builtins.length (lib.lists.commonPrefix (backwards a) (backwards b));
    versionOlder = v1: v2: builtins.compareVersions v2 v1 == 1;
    versionAtLeast = v1: v2: !versionOlder v1 v2;
    getName =
      x:
      if isString x then
        (builtins.parseDrvName x).name
      else
        x.pname or (builtins.parseDrvName x.name).name;
    getVersion =
      x:
      if isString x then
        (builtins.parseDrvName x).version
      else
        x.version or (builtins.parseDrvName x.name).version;
    nameFromURL =
      url: sep:
      let
        file = lib.last (splitString "/" url);
        name = builtins.head (splitString sep file);
      in
      assert name != file;
      name;
    enableFeature = flag: feature: "--${if flag then "enable" else "disable"}-${feature}";
    enableFeatureAs =
      flag: feature: value:
      enableFeature flag feature + optionalString flag "=${value}";
    withFeature = flag: feature: "--${if flag then "with" else "without"}-${feature}";
    withFeatureAs =
      flag: feature: value:
      withFeature flag feature + optionalString flag "=${value}";
    cmakeOptionType =
      type: feature: value:
      "-D${feature}:${toUpper type}=${value}";
    cmakeBool = feature: flag: cmakeOptionType "bool" feature (toUpper (lib.boolToString flag));
    cmakeFeature = cmakeOptionType "string";
    mesonOption = feature: value: "-D${feature}=${value}";
    mesonEnable = feature: flag: mesonOption feature (if flag then "enabled" else "disabled");
    mesonBool = condition: flag: mesonOption condition (lib.boolToString flag);
    fixedWidthString =
      width: filler: str:
      let
        missing = width - stringLength str;
      in
      lib.throwIf (missing < 0)
        "fixedWidthString: requested string length (${toString width}) must not be shorter than actual length (${toString (stringLength str)})"
        (substring 0 missing (replicate missing filler) + str);
    fixedWidthNumber = width: n: fixedWidthString width "0" (toString n);
    floatToString = f: toString f;
    isConvertibleWithToString =
      x:
      isStringLike x
      || builtins.elem (builtins.typeOf x) [
        "null"
        "int"
        "float"
        "bool"
      ]
      || (isList x && builtins.all isConvertibleWithToString x);
    isStringLike = x: isString x || builtins.isPath x || x ? outPath || x ? __toString;
    isCoercibleToString = isStringLike;
    isStorePath =
      x: isStringLike x && substring 0 1 (toString x) == "/" && dirOf (toString x) == builtins.storeDir;
    toInt =
      str:
      let
        digits = match "[[:space:]]*(-?[[:digit:]]+)[[:space:]]*" str;
        bad = "toInt: Could not convert ${escapeNixString str} to int.";
      in
      if digits == null then
        throw bad
      else if match "[[:space:]]*-?0[[:digit:]]+[[:space:]]*" str != null then
        throw "toInt: Ambiguity in interpretation of ${escapeNixString str} between octal and zero padded integer."
      else
        builtins.fromJSON (builtins.head digits);
    toIntBase10 =
      str:
      let
        digits = match "[[:space:]]*0*(-?[[:digit:]]+)[[:space:]]*" str;
      in
      if digits == null then
        throw "toIntBase10: Could not convert ${escapeNixString str} to int."
      else
        builtins.fromJSON (builtins.head digits);
    fileContents = file: removeSuffix "\n" (builtins.readFile file);
    readPathsFromFile =
      root: file:
      map (p: root + "/${p}") (
        builtins.filter (l: l != "" && !hasPrefix "#" l) (splitString "\n" (builtins.readFile file))
      );
    sanitizeDerivationName =
      s:
      let
        text = builtins.unsafeDiscardStringContext (toString s);
        clean = concatStrings (
          map (p: if isList p then "-" else p) (
            split "[^[:alnum:]+._?=-]+" (builtins.elemAt (match "\\.*(.*)" text) 0)
          )
        );
        size = stringLength clean;
      in
      if size == 0 then "unknown" else substring (lib.max (size - 211) 0) (-1) clean;
    levenshtein =
      a: b:
      let
        la = stringLength a;
        lb = stringLength b;
        row =
          i: prev:
          builtins.foldl' (
            acc: j:
            acc
            ++ [
              (lib.foldl' lib.min (lib.last acc + 1) [
                (builtins.elemAt prev j + 1)
                (builtins.elemAt prev (j - 1) + (if substring (i - 1) 1 a == substring (j - 1) 1 b then 0 else 1))
              ])
            ]
          ) [ i ] (lib.range 1 lb);
      in
      lib.last (builtins.foldl' (prev: i: row i prev) (lib.range 0 lb) (lib.range 1 la));
    levenshteinAtMost =
      k: a: b:
      levenshtein a b <= k;
  };
}

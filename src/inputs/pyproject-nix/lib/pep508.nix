# Requirements, markers and the environment that markers are asked of (PEP 508).
{
  lib,
  pep440,
  pep599,
  pypa,
  ...
}:
let
  inherit (builtins)
    elem
    elemAt
    filter
    head
    isAttrs
    isList
    length
    mapAttrs
    match
    typeOf
    ;

  plain = value: {
    type = typeOf value;
    inherit value;
  };
  version = value: {
    type = "version";
    value = pep440.parseVersion value;
  };
  # A kernel's name of its version is often none by PEP 440; then it is compared as text.
  release = value: {
    type = "platform_release";
    value =
      let
        parsed = builtins.tryEval (pep440.parseVersion value);
      in
      if value != "" && parsed.success then parsed.value else value;
  };
  fields = {
    implementation_name = plain;
    implementation_version = version;
    os_name = plain;
    platform_machine = plain;
    platform_python_implementation = plain;
    platform_release = release;
    platform_system = plain;
    platform_version = plain;
    python_full_version = version;
    python_version = version;
    sys_platform = plain;
    extra =
      value:
      assert isList value || lib.isString value;
      {
        type = "extra";
        inherit value;
      };
  };

  token =
    "('[^']*'|\"[^\"]*\"|not[ \t]+in|[=!<>~]+|[a-zA-Z_][a-zA-Z0-9_]*|[()])";

  compare = {
    "==" = a: b: a == b;
    "===" = a: b: a == b;
    "!=" = a: b: a != b;
    "<=" = a: b: a <= b;
    ">=" = a: b: a >= b;
    "<" = a: b: a < b;
    ">" = a: b: a > b;
  };
  comparators =
    a: b: op:
    if isAttrs a && isAttrs b then
      pep440.comparators.${op} a b
    else if isList a && op == "==" then
      elem b a
    else if isList a && op == "!=" then
      !elem b a
    else
      compare.${op} (a.str or a) (b.str or b);
  # A version is never among texts, as pyproject.nix has it.
  lower = value: if lib.isString value then lib.toLower value else value;
  contains = a: b: if isList b then elem (lower a) b else lower a == lower b;
in
lib.fix (self: {
  # A tree of `{ type = "boolOp" | "compare"; lhs; op; rhs; }`; its leaves are variables and values. [ ] for no marker.
  parseMarkers =
    text:
    let
      tokens = map head (filter isList (builtins.split token text));
      at = i: if i < length tokens then elemAt tokens i else "";
      bad = throw "Unhandled state for input value: ${builtins.toJSON text}";

      # Each of these takes the place of its first token and gives `{ node; next; }`.
      joined =
        op: part: i:
        let
          left = part i;
          right = joined op part (left.next + 1);
        in
        if at left.next != op then
          left
        else
          {
            node = {
              type = "boolOp";
              inherit op;
              lhs = left.node;
              rhs = right.node;
            };
            inherit (right) next;
          };
      either = joined "or" both;
      both = joined "and" single;
      single =
        i:
        let
          inner = either (i + 1);
          op = lib.replaceStrings [ "\t" ] [ " " ] (at (i + 1));
          membership = elem op [
            "in"
            "not in"
          ];
        in
        if at i == "(" then
          if at inner.next == ")" then inner // { next = inner.next + 1; } else bad
        else if !membership && !compare ? ${op} then
          bad
        else
          {
            node = {
              type = if membership then "boolOp" else "compare";
              inherit op;
              lhs = side (at i) (at (i + 2));
              rhs = if membership then members (at (i + 2)) else side (at (i + 2)) (at i);
            };
            next = i + 3;
          };

      unquote = word: builtins.substring 1 (builtins.stringLength word - 2) word;
      isString = word: match "['\"].*" word != null;
      variable = word: {
        type = "variable";
        value = word;
      };
      # A string is read as what the variable on the other side is.
      side =
        word: other:
        if isString word then
          (fields.${other} or plain) (unquote word)
        else if fields ? ${word} then
          variable word
        else
          bad;
      members =
        word:
        if isString word then
          {
            type = "enum";
            value = map lib.toLower (filter lib.isString (builtins.split "[, ]+" (unquote word)));
          }
        else
          side word "";
      tree = either 0;
    in
    if text == "" then
      [ ]
    else if tree.next != length tokens then
      bad
    else
      tree.node;

  # Whether a tree of `parseMarkers` holds in an environment of `mkEnviron`.
  evalMarkers =
    environ: node:
    let
      left = self.evalMarkers environ node.lhs;
      right = self.evalMarkers environ node.rhs;
    in
    if node.type == "compare" then
      comparators left right node.op
    else if node.type == "variable" then
      self.evalMarkers environ environ.${node.value}
    else if node.type != "boolOp" then
      node.value
    else
      {
        "and" = left && right;
        "or" = left || right;
        "in" = contains left right;
        "not in" = !contains left right;
      }
      .${node.op};

  # `{ name; extras; conditions; url; markers; }`; a name is as PEP 503 has it, a bare URL has none.
  parseString =
    text:
    let
      marked = match "([^;]+);(.+)" text;
      before = if marked == null then text else head marked;
      located = match "([^@]+)@(.+)" before;
      bareUrl = located == null && match ".+/.+" before != null;
      named = if located == null then before else head located;
      parts = match "[ \t]*([a-zA-Z0-9_.-]+)([ \t]*\\[([^]]*)])?(.*)" named;
      url =
        if located != null then
          lib.trim (elemAt located 1)
        else if bareUrl then
          before
        else
          null;
      egg = match ".+#egg=(.+)" url;
    in
    assert bareUrl || parts != null;
    {
      inherit url;
      name =
        if !bareUrl then
          pypa.normalizePackageName (head parts)
        else if egg != null then
          head egg
        else
          null;
      extras =
        if bareUrl || elemAt parts 2 == null then
          [ ]
        else
          map (each: pypa.normalizePackageName (lib.trim each)) (
            filter (each: lib.trim each != "") (lib.splitString "," (elemAt parts 2))
          );
      conditions = if bareUrl then [ ] else pep440.parseVersionConds (elemAt parts 3);
      markers = if marked == null then null else self.parseMarkers (elemAt marked 1);
    };

  # What markers are asked of, for one interpreter of nixpkgs. The kernel's version is the one of its C library's headers.
  mkEnviron =
    python:
    let
      inherit (python) stdenv;
      platform = stdenv.targetPlatform;
      inherit (python.passthru) implementation pythonVersion;
      onSystem =
        linux: darwin:
        if platform.isLinux then
          linux
        else if platform.isDarwin then
          darwin
        else
          throw "Unsupported platform";
      cpu = platform.parsed.cpu.name;
      sdk = builtins.splitVersion platform.darwinSdkVersion;
      kernel = [ (toString (lib.toInt (head sdk) + 9)) ] ++ builtins.tail sdk;
    in
    mapAttrs (name: fields.${name}) {
      os_name = "posix";
      sys_platform = onSystem "linux" "darwin";
      platform_system = onSystem "Linux" "Darwin";
      platform_machine = onSystem (pep599.manyLinuxTargetMachines.${cpu} or cpu) platform.darwinArch;
      platform_release = onSystem stdenv.cc.libc.linuxHeaders.version (lib.concatStringsSep "." kernel);
      platform_version = "";
      platform_python_implementation =
        {
          cpython = "CPython";
          pypy = "PyPy";
        }
        .${implementation} or (throw "Unsupported implementation ${implementation}");
      implementation_name = implementation;
      implementation_version = python.version;
      python_version = pythonVersion;
      python_full_version =
        if lib.hasPrefix pythonVersion python.version then python.version else pythonVersion;
    };
  setEnviron = environ: updates: environ // mapAttrs (name: fields.${name}) updates;
})

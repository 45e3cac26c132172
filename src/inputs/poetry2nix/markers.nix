# Environment markers (PEP 508), worked out for one Python while they are read.
{ lib, versions }:
let
  inherit (builtins)
    concatMap
    elem
    elemAt
    head
    isList
    match
    split
    ;

  versionNames = [
    "python_version"
    "python_full_version"
    "implementation_version"
  ];
  textOperators = {
    "==" = a: b: a == b;
    "===" = a: b: a == b;
    "!=" = a: b: a != b;
    "<=" = a: b: a <= b;
    ">=" = a: b: a >= b;
    "<" = a: b: a < b;
    ">" = a: b: a > b;
    "in" = lib.hasInfix;
    "not in" = a: b: !lib.hasInfix a b;
  };
  extraOperators = {
    "==" = extras: extra: elem extra (lib.toList extras);
    "!=" = extras: extra: !elem extra (lib.toList extras);
  };

  tokens =
    text:
    concatMap (each: if isList each then [ (head each) ] else [ ]) (
      split "(\"[^\"]*\"|'[^']*'|[<>=!~]+|[()]|not +in|[a-zA-Z_]+)" text
    );
in
{
  environment =
    python:
    let
      platform = python.stdenv.hostPlatform;
      system = if platform.isDarwin then "Darwin" else "Linux";
    in
    {
      os_name = "posix";
      sys_platform = lib.toLower system;
      platform_machine = if platform.isDarwin then platform.darwinArch else platform.parsed.cpu.name;
      platform_python_implementation = if python.implementation == "pypy" then "PyPy" else "CPython";
      platform_release = "";
      platform_system = system;
      platform_version = "";
      python_version = python.pythonVersion;
      python_full_version = python.version;
      implementation_name = python.implementation;
      implementation_version = python.version;
    };

  # Whether a marker holds in an environment; `extra` may be a list of all that are on.
  evaluate =
    environment: text:
    let
      all = tokens text;
      at = i: if i < builtins.length all then elemAt all i else "";

      # Each gives what was read and where the rest begins. `or` binds weakest.
      chain =
        word: combine: next: i:
        let
          left = next i;
          right = chain word combine next (left.end + 1);
        in
        if at left.end == word then
          {
            value = combine left.value right.value;
            inherit (right) end;
          }
        else
          left;
      either = chain "or" (a: b: a || b) both;
      both = chain "and" (a: b: a && b) single;
      single =
        i:
        let
          inner = either (i + 1);
        in
        if at i == "(" then
          {
            inherit (inner) value;
            end = inner.end + 1;
          }
        else
          {
            value = comparison (at i) (at (i + 1)) (at (i + 2));
            end = i + 3;
          };

      quoted = match "['\"](.*)['\"]";
      operand =
        token:
        if quoted token != null then
          head (quoted token)
        else
          environment.${token} or (throw "Unhandled state for input value: \"${token}\"");
      comparison =
        left: written: right:
        let
          operator = if lib.hasPrefix "not" written then "not in" else written;
          names = [
            left
            right
          ];
        in
        if elem left versionNames || elem right versionNames then
          versions.operators.${operator} (versions.parse (operand left)) (versions.parse (operand right))
        else if elem "extra" names then
          extraOperators.${operator} (operand left) (operand right)
        else
          textOperators.${operator} (operand left) (operand right);
    in
    (either 0).value;
}

lib:
let
  node = builtins.fromJSON (builtins.readFile ../node.json);
in
{
  trivial = rec {
    id = x: x;
    const = x: _: x;
    pipe = builtins.foldl' (x: f: f x);
    flip =
      f: a: b:
      f b a;
    and = x: y: x && y;
    or = x: y: x || y;
    xor = x: y: x != y;
    inherit (builtins)
      add
      addErrorContext
      sub
      lessThan
      seq
      deepSeq
      genericClosure
      bitAnd
      bitOr
      bitXor
      pathExists
      readFile
      isBool
      isInt
      isFloat
      ;
    min = x: y: if x < y then x else y;
    max = x: y: if x > y then x else y;
    mod = base: int: base - (int * (builtins.div base int));
    compare =
      a: b:
      if a < b then
        -1
      else if a > b then
        1
      else
        0;
    concat = x: y: x ++ y;
    mergeAttrs = x: y: x // y;
    boolToString = b: if b then "true" else "false";
    boolToYesNo = b: if b then "yes" else "no";
    mapNullable = f: a: if a == null then a else f a;
    defaultTo = default: value: if value == null then default else value;

    release = node.release;
    version = node.release + (if node.pre then "pre-git" else ".git");
    versionSuffix = if node.pre then "pre-git" else ".git";
    oldestSupportedRelease = 2511;
    isInOldestRelease = oldestSupportedReleaseIsAtLeast;
    oldestSupportedReleaseIsAtLeast = r: oldestSupportedRelease >= r;
    revisionWithDefault = default: if node.rev or null == null then default else node.rev;
    inNixShell = builtins.getEnv "IN_NIX_SHELL" != "";
    inPureEvalMode = !builtins ? currentSystem;

    # builtins.warn came with Nix 2.23; before it nixpkgs itself used a trace.
    warn = builtins.warn or (msg: v: builtins.trace "evaluation warning: ${msg}" v);
    warnIf = cond: msg: if cond then warn msg else id;
    warnIfNot = cond: msg: if cond then id else warn msg;
    throwIf = cond: msg: if cond then throw msg else id;
    throwIfNot = cond: msg: if cond then id else throw msg;
    showWarnings = warnings: res: builtins.foldl' (v: w: warn w v) res warnings;
    info = msg: builtins.trace "INFO: ${msg}";

    importJSON = path: builtins.fromJSON (builtins.readFile path);
    importTOML = path: fromTOML (builtins.readFile path);

    setFunctionArgs = f: args: {
      __functor = self: f;
      __functionArgs = args;
    };
    functionArgs =
      f:
      if f ? __functor then
        f.__functionArgs or (functionArgs (f.__functor f))
      else
        builtins.functionArgs f;
    isFunction = f: builtins.isFunction f || (f ? __functor && isFunction (f.__functor f));
    mirrorFunctionArgs = f: g: setFunctionArgs g (functionArgs f);
    toFunction = v: if isFunction v then v else _: v;

    toHexString =
      i: lib.concatMapStrings (d: builtins.substring d 1 "0123456789ABCDEF") (toBaseDigits 16 i);
    toBaseDigits =
      base: i:
      let
        go = n: if n < base then [ n ] else go (n / base) ++ [ (mod n base) ];
      in
      go i;
  };
}

# Versions (PEP 440) and the constraints that Poetry puts on them, with the results of poetry2nix' own library.
{ lib }:
let
  inherit (builtins)
    elemAt
    filter
    head
    isString
    length
    match
    split
    tail
    ;

  pieces = separator: text: filter (each: isString each && each != "") (split separator text);
  number = text: if text == "*" then text else lib.toIntBase10 text;

  spellings = {
    alpha = "a";
    beta = "b";
    c = "rc";
    pre = "rc";
    preview = "rc";
    rev = "post";
    r = "post";
    "-" = "post";
  };
  stages = [
    "a"
    "b"
    "rc"
  ];

  parse =
    text:
    let
      whole = match "(([0-9]+)!)?([^-+a-zA-Z]+)([^+]*)[+]?(.*)" text;
      modifier =
        each:
        let
          parts = match "-?([^0-9]+)([0-9]+)" each;
          type = head parts;
        in
        if parts == null then
          throw "PEP-440 modifier segment invalid: ${each}"
        else
          {
            type = spellings.${type} or type;
            value = number (elemAt parts 1);
          };
      modifiers = map modifier (pieces "\\." (elemAt whole 3));
      of = types: lib.findFirst (each: builtins.elem each.type types) null modifiers;
    in
    if text == "" then
      parsed 0 [ ]
    else if whole == null then
      throw "Invalid PEP-440 version: ${text}"
    else
      parsed (if elemAt whole 1 == null then 0 else lib.toInt (elemAt whole 1)) (
        map number (pieces "\\." (elemAt whole 2))
      )
      // {
        pre = of stages;
        post = of [ "post" ];
        dev = of [ "dev" ];
        local = elemAt whole 4;
      };
  parsed = epoch: release: {
    inherit epoch release;
    pre = null;
    post = null;
    dev = null;
    local = "";
  };

  # How far two releases are compared is decided by the shorter one; from a * on, all is equal.
  compareRelease =
    a: b:
    if a == [ ] || b == [ ] || head a == "*" || head b == "*" then
      0
    else if head a == head b then
      compareRelease (tail a) (tail b)
    else if head a < head b then
      -1
    else
      1;
  rank = version: [
    (if version.pre == null then 3 else lib.lists.findFirstIndex (s: s == version.pre.type) 0 stages)
    (version.pre.value or 0)
    (if version.dev == null then 1 else 0)
    (version.dev.value or 0)
    (if version.post == null then 0 else 1)
    (version.post.value or 0)
  ];
  compare =
    a: b:
    let
      release = compareRelease a.release b.release;
    in
    if a.epoch != b.epoch then
      (if a.epoch < b.epoch then -1 else 1)
    else if release != 0 then
      release
    else if rank a != rank b then
      (if rank a < rank b then -1 else 1)
    else
      builtins.compareVersions a.local b.local;

  operators = {
    "==" = a: b: compare a b == 0;
    "!=" = a: b: compare a b != 0;
    "<=" = a: b: compare a b <= 0;
    ">=" = a: b: compare a b >= 0;
    "<" = a: b: compare a b < 0;
    ">" = a: b: compare a b > 0;
    "~=" = a: b: compare a b >= 0 && compare a (parsed b.epoch (lib.init b.release)) == 0;
    "===" = throw "Arbitrary equality clause not supported";
    "" = _: _: true;
  };

  # `^1.2` and `~1.2` have an upper bound, from the first number that counts on.
  caret =
    release:
    let
      first = lib.lists.findFirstIndex (n: n != 0) 0 release;
    in
    lib.imap0 (
      i: n:
      if i < first then
        n
      else if i == first then
        n + 1
      else
        0
    ) release;
  tilde =
    count: release:
    lib.imap0 (
      i: n:
      if i >= count - 1 then
        0
      else if i == count - 2 then
        n + 1
      else
        n
    ) release;
  holds =
    version: condition:
    let
      bare = match "([~^])?([a-zA-Z0-9].+)" condition;
      text = elemAt bare 1;
      lower = parse (lib.versions.pad 3 text);
      below = release: compare version lower >= 0 && compare version (lower // { inherit release; }) < 0;
      plain = match " *([=><!~^]*) *(.+)" condition;
    in
    if bare == null then
      operators.${head plain} version (parse (elemAt plain 1))
    else if head bare == "^" then
      below (caret lower.release)
    else if head bare == "~" then
      below (tilde (length (pieces "\\." text)) lower.release)
    else
      compare version lower == 0;
in
{
  inherit parse operators;

  # Whether a version, as text, is within a constraint such as `>=3.7,<4` or `^2.7 || ^3.6`.
  allows =
    text: constraint:
    let
      version = parse text;
      every = conditions: lib.all (holds version) (pieces " *, *" conditions);
    in
    lib.any every (filter isString (split " *\\|\\| *" constraint));
}

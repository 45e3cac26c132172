# Versions and conditions of PEP 440.
{ lib, ... }:
let
  inherit (builtins) elemAt head match;

  # One group for each part that has a meaning; the separators between the parts may be ., - or _.
  grammar =
    "v?(([0-9]+)!)?([0-9]+(\\.[0-9]+)*(\\.\\*)?)"
    + "([-_.]?(a|b|c|rc|alpha|beta|pre|preview)[-_.]?([0-9]*))?"
    + "(-([0-9]+)|[-_.]?(post|rev|r)[-_.]?([0-9]*))?"
    + "([-_.]?dev[-_.]?([0-9]*))?"
    + "(\\+([a-z0-9._-]+))?";

  spelling = {
    alpha = "a";
    beta = "b";
    c = "rc";
    pre = "rc";
    preview = "rc";
  };
  rank = {
    dev = -1;
    a = 0;
    b = 1;
    rc = 2;
    post = 3;
  };

  number = text: if text == null || text == "" then 0 else lib.toIntBase10 text;
  piece = text: if text == "*" then text else lib.toIntBase10 text;
  order =
    x: y:
    if x < y then
      -1
    else if x > y then
      1
    else
      0;

  # As pyproject.nix has it, and unlike PEP 440: the shorter one decides how much is compared, so that 2.1 equals 2.1.2.
  orderRelease =
    a: b:
    if a == [ ] || b == [ ] then
      0
    else
      let
        first = if head a == "*" || head b == "*" then 0 else order (head a) (head b);
      in
      if first != 0 then first else orderRelease (builtins.tail a) (builtins.tail b);

  # `absent`: the order of a version without this part beside one that has it.
  orderPart =
    absent: compare: a: b:
    if a == null && b == null then
      0
    else if a == null then
      absent
    else if b == null then
      -absent
    else
      compare a b;
  # As pyproject.nix has it: an alpha is not before a release candidate, though a release candidate is after an alpha.
  orderModifier =
    a: b:
    if a.type == b.type then
      order a.value b.value
    else if rank.${a.type} > rank.${b.type} then
      1
    else
      0;
in
lib.fix (self: {
  # `{ epoch release pre post dev local str }`: absent parts are null, pre, post and dev are `{ type; value; }`.
  parseVersion =
    version:
    let
      parts = match grammar (lib.toLower version);
      at = elemAt parts;
      modifier =
        present: type: value:
        if present == null then
          null
        else
          {
            inherit type;
            value = number value;
          };
      empty = {
        epoch = 0;
        release = [ ];
        pre = null;
        post = null;
        dev = null;
        local = null;
        str = "";
      };
    in
    if version == "" then
      empty
    else if parts == null then
      throw "Invalid PEP-440 version: ${version}"
    else
      {
        epoch = number (at 1);
        release = map piece (lib.splitString "." (at 2));
        pre = modifier (at 5) (spelling.${toString (at 6)} or (at 6)) (at 7);
        post = modifier (at 8) "post" (if at 9 != null then at 9 else at 11);
        dev = modifier (at 12) "dev" (at 13);
        local = at 15;
        str = version;
      };

  parseVersionCond =
    text:
    let
      parts = match " *([=><!~^]*) *(.+)" text;
    in
    assert parts != null;
    {
      op = head parts;
      version = self.parseVersion (elemAt parts 1);
    };

  # Blanks count where they end the text or stand before a parenthesis: the version is refused when it is compared.
  parseVersionConds =
    text:
    let
      inner = match "\\((.+)\\)" text;
    in
    map self.parseVersionCond (
      builtins.filter (each: lib.isString each && lib.trim each != "") (
        builtins.split " *, *" (if inner != null then head inner else text)
      )
    );

  # -1, 0 or 1.
  compareVersions =
    a: b:
    lib.findFirst (each: each != 0) 0 [
      (order a.epoch b.epoch)
      (orderRelease a.release b.release)
      (orderPart 1 orderModifier a.pre b.pre)
      (orderPart 1 orderModifier a.dev b.dev)
      (orderPart (-1) orderModifier a.post b.post)
      (orderPart (-1) builtins.compareVersions a.local b.local)
    ];

  comparators = {
    "==" = a: b: self.compareVersions a b == 0;
    "!=" = a: b: self.compareVersions a b != 0;
    "<=" = a: b: self.compareVersions a b <= 0;
    ">=" = a: b: self.compareVersions a b >= 0;
    "<" = a: b: self.compareVersions a b < 0;
    ">" = a: b: self.compareVersions a b > 0;
    "~=" =
      a: b:
      assert a.local == null && b.local == null;
      self.comparators.">=" a b
      && self.comparators."==" a (
        b
        // {
          release = lib.init b.release;
          pre = null;
          post = null;
          dev = null;
        }
      );
    "===" = throw "Arbitrary equality clause not supported";
    "" = _: _: true;
  };
})

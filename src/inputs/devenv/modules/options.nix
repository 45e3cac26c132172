# Options out of options.json: name, type in prefix words ("nullOr either lines path"), default, day since when it is there.
let
  inherit (import ./node.nix) since;
  named = builtins.fromJSON (builtins.readFile ./named.json);

  # Dotted names to nested sets, in which a fact stands in a list. Once for all shells: it needs nothing of their arguments.
  nest =
    facts:
    let
      known = builtins.filter (name: since (facts.${name}.since or "")) (builtins.attrNames facts);
      entries = map (name: {
        path = builtins.filter builtins.isString (builtins.split "[.]" name);
        fact = facts.${name};
      }) known;
      at =
        depth: entries:
        builtins.mapAttrs (
          _: below:
          let
            inherit (builtins.head below) path fact;
          in
          if builtins.length path == depth + 1 then [ fact ] else at (depth + 1) below
        ) (builtins.groupBy (entry: builtins.elemAt entry.path depth) entries);
    in
    at 0 entries;
  nested = nest (builtins.fromJSON (builtins.readFile ./options.json));
in
{ lib, pkgs, ... }:
let
  # Reads one type off the front of a list of words; `rest` is what follows it.
  parse =
    fact: words:
    let
      word = builtins.head words;
      first = parse fact (builtins.tail words);
      second = parse fact first.rest;
    in
    if word == "either" then
      {
        type = lib.types.either first.type second.type;
        inherit (second) rest;
      }
    else if
      builtins.elem word [
        "nullOr"
        "listOf"
        "attrsOf"
        "lazyAttrsOf"
        "functionTo"
      ]
    then
      {
        type = lib.types.${word} first.type;
        inherit (first) rest;
      }
    else
      {
        type =
          if word == "enum" then
            lib.types.enum fact.enum
          else if word == "submodule" then
            lib.types.submodule { options = tree (nest fact.sub); }
          else if word == "unsigned" then
            lib.types.ints.unsigned
          else
            lib.types.${word};
        rest = builtins.tail words;
      };

  option =
    fact:
    lib.mkOption (
      {
        inherit
          (parse fact (
            lib.splitString " " (if fact ? was && !since fact.was.until then fact.was.type else fact.type)
          ))
          type
          ;
        internal = fact.internal or false;
      }
      // (
        if fact ? default then
          { inherit (fact) default; }
        else if fact ? pkg then
          { default = pkgs.${fact.pkg}; }
        else
          { }
      )
    );
  tree = builtins.mapAttrs (
    _: each: if builtins.isList each then option (builtins.head each) else tree each
  );
  known = tree nested;

  # What devenv has and this stand-in only knows by name: to use it is an error in words, not "does not exist".
  byName =
    path:
    lib.mkOption {
      type = lib.types.anything;
      internal = true;
      default = { };
      apply =
        value:
        if value == { } then
          value
        else
          throw "the stand-in for devenv knows `${lib.showOption path}' by name only; real devenv has this option";
    };
  group = prefix: names: lib.genAttrs names (name: byName (prefix ++ [ name ]));
in
{
  options =
    known
    // group [ ] named.options
    // {
      languages = known.languages // group [ "languages" ] named.languages;
      services = group [ "services" ] named.services;
    };
}

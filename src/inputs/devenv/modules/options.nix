# Options out of options.json: name, type in prefix words ("nullOr either lines path"), default, day since when it is there.
{ lib, pkgs, ... }:
let
  inherit (import ./node.nix) since;
  table = builtins.fromJSON (builtins.readFile ./options.json);
  named = builtins.fromJSON (builtins.readFile ./named.json);

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
            lib.types.submodule { options = tree fact.sub; }
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
      // lib.optionalAttrs (fact ? default) { inherit (fact) default; }
      // lib.optionalAttrs (fact ? pkg) { default = pkgs.${fact.pkg}; }
    );

  # Dotted names to nested sets of options.
  tree =
    facts:
    builtins.foldl' lib.recursiveUpdate { } (
      lib.mapAttrsToList (name: fact: lib.setAttrByPath (lib.splitString "." name) (option fact)) (
        lib.filterAttrs (_: fact: since (fact.since or "")) facts
      )
    );

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
  options = lib.recursiveUpdate (tree table) (
    group [ ] named.options
    // {
      languages = group [ "languages" ] named.languages;
      services = group [ "services" ] named.services;
    }
  );
}

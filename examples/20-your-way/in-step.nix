# Compares the pins of a requirements.txt with the packages of an environment. Gives a sentence for each difference.
{
  lib,
  # The text of requirements.txt.
  requirements,
  # The environment's packages, each with `pname` and `version`.
  packages,
}:
let
  # As PEP 503 has it: `MarkupSafe` and `markupsafe`, `importlib_metadata` and `importlib-metadata` are the same.
  normalise = name: lib.replaceStrings [ "_" "." ] [ "-" "-" ] (lib.toLower name);

  isPin = line: line != "" && !lib.hasPrefix "#" line && !lib.hasPrefix "--hash=" line;
  lines = lib.filter isPin (map lib.trim (lib.splitString "\n" requirements));

  readPin =
    line:
    let
      pin = builtins.match "([A-Za-z0-9._-]+)==([^ ;#]+).*" line;
    in
    if pin == null then
      throw "requirements.txt: '${line}' does not pin a version, so nothing can be compared with it"
    else
      lib.nameValuePair (normalise (lib.head pin)) (lib.last pin);

  given = lib.listToAttrs (map (each: lib.nameValuePair (normalise each.pname) each.version) packages);

  # A line with a condition (`; sys_platform == 'win32'`) counts only where the environment has its package.
  counts = line: !lib.hasInfix ";" line || given ? ${(readPin line).name};
  asked = lib.listToAttrs (map readPin (lib.filter counts lines));

  differs = name: asked.${name} or null != given.${name} or null;
  describe =
    name:
    "${name}: requirements.txt asks for ${asked.${name} or "nothing"}, "
    + "the environment has ${given.${name} or "nothing"}";
in
map describe (lib.filter differs (lib.attrNames (asked // given)))

let
  text = "click==8.1.3\nFlask==2.1.2\n\n# comment\nMarkupSafe==2.1.1\n";
  lines = builtins.filter (x: builtins.isString x && x != "" && builtins.substring 0 1 x != "#") (builtins.split "\n" text);
  lower = s: builtins.replaceStrings [ "F" "M" "S" ] [ "f" "m" "s" ] s;
  parse = line: let m = builtins.match "([A-Za-z0-9._-]+)==(.*)" line; in { name = lower (builtins.head m); value = builtins.elemAt m 1; };
in
builtins.listToAttrs (map parse lines)

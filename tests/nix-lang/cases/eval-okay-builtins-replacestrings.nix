with builtins;
[
  (replaceStrings [ "a" "b" ] [ "b" "a" ] "abc")
  (replaceStrings [ "oo" "o" ] [ "u" "0" ] "foo bo")
  (replaceStrings [ "" ] [ "-" ] "ab")
  (replaceStrings [ "" "a" ] [ "-" "x" ] "ab")
  (replaceStrings [ "a" "" ] [ "x" "-" ] "ab")
  (replaceStrings [ ] [ ] "ab")
  (replaceStrings [ "a" "z" ] [ "x" (throw "not used") ] "ab")
]

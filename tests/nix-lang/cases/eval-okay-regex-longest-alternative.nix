# POSIX rules choose the longest match, whatever comes first in the pattern.
[
  (builtins.match "(a|ab)(.*)" "abc")
  (builtins.split "a|ab" "xabx")
  (builtins.match "(foo|foobar)(bar)?" "foobar")
]

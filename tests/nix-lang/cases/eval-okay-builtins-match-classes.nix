with builtins;
[
  (match "[[:alnum:]_-]+" "Az0_-")
  (match "[]a]+" "]a")
  (match "[a\\]+" "a\\")
  (match "\\." ".")
  (match "\\(x\\)" "(x)")
  (match "(a*)*" "aaa")
  (match "(a|b)*" "abab")
]

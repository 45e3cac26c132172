with builtins;
[
  (match "ab" "abc")
  (match "abc" "abc")
  (match "a(b)(c)" "abc")
  (match "[[:space:]]+([[:upper:]]+)[[:space:]]+" "  FOO   ")
  (match "(x)?y" "y")
  (match "(a|ab)(c|bcd)(d*)" "abcd")
  (match "(.*)-([0-9].*)" "flask-web-3.1.2")
  (match "a{2,3}" "aaa")
  (match "[^a-c]+" "xyz")
  (match ".*" "")
  (match "a.c" "a\nc")
]

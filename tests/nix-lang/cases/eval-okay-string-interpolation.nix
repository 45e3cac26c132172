let
  x = "snake";
  s.a.b = "deep";
in
[
  "${x}"
  "a ${x} b ${x}"
  "${"nested ${x}"}"
  "${s.a.b}!"
  "${if true then "yes" else "no"}"
  "${toString 1}${toString [ 1 2 ]}"
]

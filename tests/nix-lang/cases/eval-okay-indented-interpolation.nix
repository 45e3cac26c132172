let
  x = "one\n  two";
in
''
  a ${x}
    ${"b"}
  ${x}
''

let
  inner = ''
    two
      three
  '';
in
''
  one
  ${inner}four
''

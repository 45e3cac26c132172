builtins.fromTOML ''
  a = 1e3
  b = -0.5
  c = 1_0.5
  d = 6.0
''

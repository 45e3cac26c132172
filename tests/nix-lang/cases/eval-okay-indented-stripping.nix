[
  ''
    a
     b
  ''
  ''  x''
  ''

    y
  ''
  ''
      deep
    less
  ''
  ''''
  ''
  ''
  ''a
    b''
]

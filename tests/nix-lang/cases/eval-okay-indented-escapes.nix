''
  dollar: ''${x} $''${x} $$ $${x}
  quotes: ''' '''' 
  newline: ''\n tab: ''\t other: ''\x ''\\
  backslash: \n \t
''

# Text on the opening line counts as not indented.
''first
    second
''

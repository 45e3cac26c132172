builtins.fromTOML ''
  title = "Contacts"
  number = 1_000
  hex = 0xff
  float = 1.5
  flag = true
  list = [1, 2, [3]]
  "quoted key" = 'literal \n'
  dotted.key.deep = "x"
  multi = """
  two
  lines"""
  inline = { a = 1, b = { c = 2 } }

  [project]
  name = "contacts"
  dependencies = [
    "flask==2.1.2", # a comment
    "click==8.1.3",
  ]

  [project.scripts]
  contacts = "contacts:main"

  [[tool]]
  name = "a"
  [[tool]]
  name = "b"
  [tool.more]
  x = 1
''

# A tab is not indentation.
''
	tab
  two
''

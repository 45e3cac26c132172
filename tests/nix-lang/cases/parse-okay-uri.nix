[ https://example.org/path?x=1 ]

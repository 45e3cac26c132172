[ https://example.org/a?b=c&d=e git+ssh://host/path x:y ]

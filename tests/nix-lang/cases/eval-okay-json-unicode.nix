[ (builtins.fromJSON "\"\\ud83d\\udc0d \\u0041\"") (builtins.toJSON "🐍 \\ /") ]

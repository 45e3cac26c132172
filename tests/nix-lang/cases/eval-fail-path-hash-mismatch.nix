builtins.path { path = ./lib/text.txt; name = "x"; sha256 = "ungWv48Bz+pBQUDeXa4iI7ADYaOWF3qctBD/YfIAFa0="; }

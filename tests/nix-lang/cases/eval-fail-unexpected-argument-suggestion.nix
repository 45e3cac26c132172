({ python, pythonPackages ? { } }: python) { pyton = 1; python = 2; }

builtins.length { f = x: x; g = builtins.length; }

builtins.concatStringsSep " " (map toString [ 0 (-1) 9223372036854775807 1.0 0.5 (-2.25) 1.0e20 ])

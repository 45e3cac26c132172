builtins.concatStringsSep "\n" (builtins.concatMap (n: [ "a${n}" "b${n}" ]) [ "1" "2" ])

let
  update = a: b: a // builtins.mapAttrs (n: v: if builtins.isAttrs v && a ? ${n} && builtins.isAttrs a.${n} then update a.${n} v else v) b;
in
update { a.b.c = 1; a.d = 2; x = 0; } { a.b.e = 3; x = { y = 1; }; }

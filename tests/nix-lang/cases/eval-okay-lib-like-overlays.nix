let
  fix = f: let x = f x; in x;
  extend = f: overlay: final: let prev = f final; in prev // overlay final prev;
  base = final: { version = 1; name = "pkg-${toString final.version}"; };
in
(fix (extend (extend base (final: prev: { version = prev.version + 1; })) (final: prev: { full = "${final.name}!"; version = prev.version * 10; }))).full

let
  s = {
    a = 1;
    b = 2;
  };
  pos = builtins.unsafeGetAttrPos "b" s;
in
{ inherit (pos) line column; none = builtins.unsafeGetAttrPos "x" s; }

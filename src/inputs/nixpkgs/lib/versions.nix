lib: {
  versions = rec {
    splitVersion = builtins.splitVersion;
    major = v: builtins.elemAt (splitVersion v) 0;
    minor = v: builtins.elemAt (splitVersion v) 1;
    patch = v: builtins.elemAt (splitVersion v) 2;
    majorMinor = v: builtins.concatStringsSep "." (lib.take 2 (splitVersion v));
    pad =
      n: v:
      let
        numbers = builtins.head (lib.splitString "-" v);
      in
      builtins.concatStringsSep "." (lib.take n (splitVersion numbers ++ lib.lists.replicate n "0"))
      + lib.removePrefix numbers v;
  };
}

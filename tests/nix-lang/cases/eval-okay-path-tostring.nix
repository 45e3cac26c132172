[ (toString /a/b) ("" + toString /a/b/../c) (builtins.baseNameOf /a/b) (dirOf /a/b) (dirOf "/a/b") (baseNameOf "a/b/") (dirOf "a") ]

lib: {
  sources = rec {
    pathType = path: builtins.readFileType path;
    pathIsDirectory = path: builtins.pathExists path && pathType path == "directory";
    pathIsRegularFile = path: builtins.pathExists path && pathType path == "regular";
    cleanSourceFilter =
      name: type:
      let
        base = baseNameOf (toString name);
      in
      !(
        (
          type == "directory"
          && builtins.elem base [
            ".git"
            ".svn"
            "CVS"
            ".hg"
            ".jj"
          ]
        )
        || lib.hasSuffix "~" base
        || builtins.match "^\\.sw[a-z]$" base != null
        || builtins.match "^\\..*\\.sw[a-z]$" base != null
        || lib.hasSuffix ".o" base
        || lib.hasSuffix ".so" base
        || (type == "symlink" && lib.hasPrefix "result" base)
        || type == "unknown"
      );
    cleanSource =
      src:
      cleanSourceWith {
        filter = cleanSourceFilter;
        inherit src;
      };
    cleanSourceWith =
      {
        filter ? _: _: true,
        src,
        name ? null,
      }:
      let
        old = src.origSrc or src;
        both = path: type: filter path type && (src.filter or (_: _: true)) path type;
        title = if name != null then name else src.name or "source";
      in
      {
        origSrc = old;
        filter = both;
        name = title;
        _isLibCleanSourceWith = true;
        outPath = builtins.path {
          path = old;
          filter = both;
          name = title;
        };
      };
    sourceByRegex =
      src: regexes:
      cleanSourceWith {
        inherit src;
        filter =
          path: _:
          builtins.any (
            re: builtins.match re (lib.removePrefix (toString src + "/") (toString path)) != null
          ) regexes;
      };
    sourceFilesBySuffices =
      src: exts:
      cleanSourceWith {
        inherit src;
        filter =
          path: type: type == "directory" || builtins.any (ext: lib.hasSuffix ext (baseNameOf path)) exts;
      };
  };
}

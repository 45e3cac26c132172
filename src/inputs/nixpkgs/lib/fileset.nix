# File sets as sets of files: { "/path/to/file" = "regular"; … }. Folders are there only through their files.
lib:
let
  inherit (builtins) isPath readDir;

  walk =
    path: type:
    if type == "directory" then
      lib.foldl' (all: name: all // walk "${path}/${name}" (readDir path).${name}) { } (
        builtins.attrNames (readDir path)
      )
    else
      { ${path} = type; };
  make = files: {
    _type = "fileset";
    inherit files;
    __noEval = throw "lib.fileset: Directly evaluating a file set is not supported.\n  To turn it into a usable source, use `lib.fileset.toSource`.\n  To pretty-print the contents, use `lib.fileset.trace` or `lib.fileset.traceVal`.";
  };
  coerce =
    context: value:
    if value._type or "" == "fileset" then
      value.files
    else if value ? origSrc then
      lib.filterAttrs (path: type: value.filter path type) (walk (toString value.origSrc) "directory")
    else if isPath value then
      if builtins.pathExists value then
        walk (toString value) (builtins.readFileType value)
      else
        throw "${context} (${toString value}) is a path that does not exist.\n    To create a file set from a path that may not exist, use `lib.fileset.maybeMissing`."
    else
      throw "${context} is of type ${builtins.typeOf value}, but it should be a file set or a path instead.";
in
{
  fileset = rec {
    unions =
      list:
      if !builtins.isList list then
        throw "lib.fileset.unions: Argument is of type ${builtins.typeOf list}, but it should be a list instead."
      else
        make (lib.mergeAttrsList (lib.imap0 (i: coerce "lib.fileset.unions: Element ${toString i}") list));
    union =
      a: b:
      make (
        coerce "lib.fileset.union: First argument" a // coerce "lib.fileset.union: Second argument" b
      );
    intersection =
      a: b:
      make (
        builtins.intersectAttrs (coerce "lib.fileset.intersection: Second argument" b) (
          coerce "lib.fileset.intersection: First argument" a
        )
      );
    difference =
      a: b:
      make (
        removeAttrs (coerce "lib.fileset.difference: First argument (positive set)" a) (
          builtins.attrNames (coerce "lib.fileset.difference: Second argument (negative set)" b)
        )
      );
    maybeMissing =
      path:
      make (if builtins.pathExists path then walk (toString path) (builtins.readFileType path) else { });
    fileFilter =
      pred: path:
      make (
        lib.filterAttrs (
          file: type:
          pred {
            name = baseNameOf file;
            inherit type;
            hasExt = ext: lib.hasSuffix ".${ext}" (baseNameOf file);
          }
        ) (coerce "lib.fileset.fileFilter: Second argument" path)
      );
    fromSource =
      source: make (coerce "lib.fileset.fromSource: The source origin of the argument" source);
    toList =
      set: map (file: /. + file) (builtins.attrNames (coerce "lib.fileset.toList: Argument" set));
    isFileset = v: v._type or "" == "fileset";
    empty = make { };
    trace =
      set:
      builtins.trace (
        lib.concatStringsSep "\n" (builtins.attrNames (coerce "lib.fileset.trace: Argument" set))
      );
    traceVal = set: trace set set;
    toSource =
      { root, fileset }:
      let
        files = coerce "lib.fileset.toSource: `fileset`" fileset;
        base = toString root;
        outside = lib.findFirst (file: file != base && !lib.hasPrefix "${base}/" file) null (
          builtins.attrNames files
        );
        parents = file: if file == base || file == "/" then [ ] else [ file ] ++ parents (dirOf file);
        wanted = lib.genAttrs (lib.concatMap parents (builtins.attrNames files)) (_: true);
      in
      if !isPath root then
        if lib.isStringLike root then
          throw "lib.fileset.toSource: `root` (${toString root}) is a string-like value, but it should be a path instead.\n    Paths in strings are not supported by `lib.fileset`, use `lib.sources` or derivations instead."
        else
          throw "lib.fileset.toSource: `root` is of type ${builtins.typeOf root}, but it should be a path instead."
      else if !builtins.pathExists root then
        throw "lib.fileset.toSource: `root` (${base}) is a path that does not exist."
      else if builtins.readFileType root != "directory" then
        throw "lib.fileset.toSource: `root` (${base}) is a file, but it should be a directory instead. Potential solutions:\n    - If you want to import the file into the store _without_ a containing directory, use string interpolation or `builtins.path` instead of this function.\n    - If you want to import the file into the store _with_ a containing directory, set `root` to the containing directory, such as ${dirOf base}, and set `fileset` to the file path."
      else if outside != null then
        throw "lib.fileset.toSource: `fileset` could contain files in ${dirOf outside}, which is not under the `root` (${base}). Potential solutions:\n    - Set `root` to ${dirOf outside} or any directory higher up. This changes the layout of the resulting store path.\n    - Set `fileset` to a file set that cannot contain files outside the `root` (${base}). This could change the files included in the result."
      else
        lib.cleanSourceWith {
          name = "source";
          src = root;
          filter = path: _: wanted ? ${path};
        };
  };
  path = {
    append = path: sub: path + ("/" + sub);
    hasPrefix = a: b: lib.hasPrefix "${toString a}/" "${toString b}/";
    removePrefix = a: b: "./" + lib.removePrefix "${toString a}/" (toString b);
    splitRoot = path: {
      root = /.;
      subpath = "." + toString path;
    };
    subpath = {
      components = sub: builtins.filter (each: each != "" && each != ".") (lib.splitString "/" sub);
      normalise =
        sub:
        let
          wrong =
            if lib.hasPrefix "/" sub then
              "starts with a `/`, representing an absolute path"
            else if builtins.elem ".." (lib.splitString "/" sub) then
              "contains a `..` component, which is not allowed in subpaths"
            else
              null;
        in
        lib.throwIf (wrong != null)
          "lib.path.subpath.normalise: Argument is not a valid subpath string:\n    The given string \"${sub}\" ${toString wrong}"
          "./${lib.concatStringsSep "/" (lib.path.subpath.components sub)}";
    };
  };
  filesystem = {
    inherit (lib.sources) pathType pathIsDirectory pathIsRegularFile;
    listFilesRecursive =
      dir: map (file: /. + file) (builtins.attrNames (walk (toString dir) "directory"));
  };
  debug = rec {
    traceIf =
      pred: msg: x:
      if pred then builtins.trace msg x else x;
    traceValFn = f: x: builtins.trace (f x) x;
    traceVal = traceValFn lib.id;
    traceSeq = x: builtins.trace (builtins.deepSeq x x);
    traceValSeqFn = f: v: traceValFn f (builtins.deepSeq v v);
    traceValSeq = traceValSeqFn lib.id;
  };
}

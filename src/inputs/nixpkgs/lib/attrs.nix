lib:
let
  inherit (builtins)
    attrNames
    attrValues
    concatMap
    elemAt
    filter
    foldl'
    head
    isAttrs
    length
    listToAttrs
    mapAttrs
    tail
    ;
in
{
  attrsets = rec {
    inherit (builtins)
      attrNames
      attrValues
      catAttrs
      getAttr
      hasAttr
      intersectAttrs
      isAttrs
      listToAttrs
      mapAttrs
      removeAttrs
      zipAttrsWith
      ;
    attrByPath =
      path: default: set:
      let
        go =
          n: s:
          if n == length path then
            s
          else if isAttrs s && s ? ${elemAt path n} then
            go (n + 1) s.${elemAt path n}
          else
            default;
      in
      go 0 set;
    hasAttrByPath =
      path: set:
      path == [ ] || (isAttrs set && set ? ${head path} && hasAttrByPath (tail path) set.${head path});
    getAttrFromPath =
      path:
      attrByPath path (abort ("cannot find attribute '" + builtins.concatStringsSep "." path + "'"));
    setAttrByPath =
      path: value: if path == [ ] then value else { ${head path} = setAttrByPath (tail path) value; };
    attrVals = names: set: map (x: set.${x}) names;
    getAttrs = names: set: lib.genAttrs names (name: set.${name});
    filterAttrs = pred: set: removeAttrs set (filter (name: !(pred name set.${name})) (attrNames set));
    filterAttrsRecursive =
      pred: set:
      mapAttrs (_: v: if isAttrs v then filterAttrsRecursive pred v else v) (filterAttrs pred set);
    foldlAttrs =
      f: init: set:
      foldl' (acc: name: f acc name set.${name}) init (attrNames set);
    concatMapAttrs = f: v: foldl' (a: b: a // b) { } (attrValues (mapAttrs f v));
    mapAttrs' = f: set: listToAttrs (mapAttrsToList f set);
    mapAttrsToList = f: set: attrValues (mapAttrs f set);
    attrsToList = mapAttrsToList nameValuePair;
    mapAttrsRecursive = mapAttrsRecursiveCond (_: true);
    mapAttrsRecursiveCond =
      cond: f:
      let
        go =
          path:
          mapAttrs (name: v: if isAttrs v && cond v then go (path ++ [ name ]) v else f (path ++ [ name ]) v);
      in
      go [ ];
    mapAttrsToListRecursive = mapAttrsToListRecursiveCond (_: _: true);
    mapAttrsToListRecursiveCond =
      pred: f: set:
      let
        go =
          path: v:
          if isAttrs v && (path == [ ] || pred path v) then
            concatMap (name: go (path ++ [ name ]) v.${name}) (attrNames v)
          else
            [ (f path v) ];
      in
      go [ ] set;
    collect =
      pred: v:
      if pred v then
        [ v ]
      else if isAttrs v then
        concatMap (collect pred) (attrValues v)
      else
        [ ];
    nameValuePair = name: value: { inherit name value; };
    genAttrs = names: f: genAttrs' names (name: nameValuePair name (f name));
    genAttrs' = xs: f: listToAttrs (map f xs);
    optionalAttrs = cond: set: if cond then set else { };
    mergeAttrsList = foldl' (a: b: a // b) { };
    unionOfDisjoint =
      x: y:
      (x // y)
      // mapAttrs (
        name: _:
        builtins.throw "unionOfDisjoint: collision on ${name}; complete list: ${lib.concatStringsSep ", " (attrNames (builtins.intersectAttrs x y))}"
      ) (builtins.intersectAttrs x y);
    recursiveUpdateUntil =
      pred: lhs: rhs:
      let
        go =
          path:
          builtins.zipAttrsWith (
            n: values:
            if length values == 1 || pred (path ++ [ n ]) (elemAt values 1) (head values) then
              head values
            else
              go (path ++ [ n ]) values
          );
      in
      go
        [ ]
        [
          rhs
          lhs
        ];
    recursiveUpdate = recursiveUpdateUntil (
      _: lhs: rhs:
      !(isAttrs lhs && isAttrs rhs)
    );
    matchAttrs =
      pattern: attrs:
      builtins.all (
        n:
        attrs ? ${n}
        && (
          if isAttrs pattern.${n} then
            isAttrs attrs.${n} && matchAttrs pattern.${n} attrs.${n}
          else
            pattern.${n} == attrs.${n}
        )
      ) (attrNames pattern);
    # The deepest paths go first, so that an update of a parent sees what became of its children.
    updateManyAttrsByPath =
      updates: set:
      let
        at =
          path: update: old:
          if path == [ ] then
            update old
          else
            old
            // {
              ${head path} = at (tail path) update (
                old.${head path}
                or (if length path > 1 then { } else throw "updateManyAttrsByPath: '${head path}' does not exist")
              );
            };
        deepest = lib.sort (a: b: length a.path > length b.path) updates;
      in
      foldl' (s: u: at u.path u.update s) set deepest;
    zipAttrsWithNames =
      names: f: sets:
      listToAttrs (map (name: nameValuePair name (f name (builtins.catAttrs name sets))) names);
    zipAttrs = builtins.zipAttrsWith (_: values: values);
    foldAttrs =
      op: nul: list:
      builtins.zipAttrsWith (_: lib.foldr op nul) list;
    cartesianProduct =
      sets:
      foldl' (acc: name: concatMap (a: map (v: a // { ${name} = v; }) sets.${name}) acc) [ { } ] (
        attrNames sets
      );
    mapCartesianProduct = f: sets: map f (cartesianProduct sets);
    isDerivation = value: value.type or null == "derivation";
    toDerivation =
      path:
      let
        storePath = builtins.storePath path;
      in
      {
        type = "derivation";
        name = lib.removePrefix "-" (builtins.substring 32 (-1) (baseNameOf storePath));
        outPath = storePath;
        outputs = [ "out" ];
        outputName = "out";
      };
    recurseIntoAttrs = attrs: attrs // { recurseForDerivations = true; };
    dontRecurseIntoAttrs = attrs: attrs // { recurseForDerivations = false; };
    overrideExisting = old: new: mapAttrs (name: v: new.${name} or v) old;
    getOutput =
      output: pkg:
      if !pkg ? outputSpecified || !pkg.outputSpecified then pkg.${output} or pkg.out or pkg else pkg;
    getFirstOutput =
      candidates: pkg:
      let
        found = lib.findFirst (c: pkg ? ${c}) null candidates;
      in
      if pkg.outputSpecified or false || found == null then pkg else pkg.${found};
    getBin = getOutput "bin";
    getLib = getOutput "lib";
    getStatic = getFirstOutput [
      "static"
      "lib"
      "out"
    ];
    getInclude = getFirstOutput [
      "include"
      "dev"
      "out"
    ];
    getDev = getOutput "dev";
    getMan = getOutput "man";
    chooseDevOutputs = map getDev;
    longestValidPathPrefix =
      path: set:
      lib.findFirst (p: hasAttrByPath p set) [ ] (
        map (n: lib.take n path) (lib.reverseList (lib.range 0 (length path)))
      );
    showAttrPath =
      path:
      if path == [ ] then
        "<root attribute path>"
      else
        lib.concatMapStringsSep "." lib.strings.escapeNixIdentifier path;
  };
}

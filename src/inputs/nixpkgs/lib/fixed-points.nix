_: {
  fixedPoints = rec {
    fix =
      f:
      let
        x = f x;
      in
      x;
    fix' =
      f:
      let
        x = f x // {
          __unfix__ = f;
        };
      in
      x;
    converge =
      f: x:
      let
        y = f x;
      in
      if y == x then x else converge f y;
    extends =
      overlay: f: final:
      let
        prev = f final;
      in
      prev // overlay final prev;
    composeExtensions =
      f: g: final: prev:
      let
        first = f final prev;
      in
      first // g final (prev // first);
    composeManyExtensions = builtins.foldl' composeExtensions (_: _: { });
    makeExtensible = makeExtensibleWithCustomName "extend";
    makeExtensibleWithCustomName =
      extenderName: rattrs:
      fix' (
        self:
        (rattrs self)
        // {
          ${extenderName} = f: makeExtensibleWithCustomName extenderName (extends f rattrs);
        }
      );
    toExtension =
      f:
      if builtins.isFunction f || f ? __functor then
        (
          final: prev:
          let
            given = f prev;
          in
          if builtins.isFunction given || given ? __functor then f final prev else given
        )
      else
        (_: _: f);
  };
}

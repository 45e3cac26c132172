lib:
let
  inherit (lib) functionArgs setFunctionArgs;
in
{
  customisation = rec {
    overrideDerivation =
      drv: f:
      let
        new = derivation (drv.drvAttrs // f drv);
      in
      lib.flip (extendDerivation (builtins.seq drv.drvPath true)) new (
        { inherit (drv) meta passthru; } // lib.optionalAttrs (drv ? __spliced) { inherit (drv) __spliced; }
      );
    makeOverridable =
      f:
      lib.mirrorFunctionArgs f (
        origArgs:
        let
          result = f origArgs;
          with' = new: origArgs // (if lib.isFunction new then new origArgs else new);
          override = lib.mirrorFunctionArgs f (new: makeOverridable f (with' new));
          after = g: makeOverridable (lib.mirrorFunctionArgs f (args: g (f args))) origArgs;
        in
        if builtins.isAttrs result then
          result
          // {
            inherit override;
            overrideDerivation = fdrv: after (x: overrideDerivation x fdrv);
          }
          // lib.optionalAttrs (result ? overrideAttrs) {
            overrideAttrs = fdrv: after (x: x.overrideAttrs fdrv);
          }
        else if lib.isFunction result then
          setFunctionArgs result (functionArgs result) // { inherit override; }
        else
          result
      );
    callPackageWith =
      autoArgs: fn: args:
      let
        f = if lib.isFunction fn then fn else import fn;
        wanted = functionArgs f;
        known = builtins.intersectAttrs wanted autoArgs // args;
        missing = builtins.filter (name: !wanted.${name} && !known ? ${name}) (builtins.attrNames wanted);
        name = builtins.head missing;
        near =
          let
            by = lib.sortOn (lib.strings.levenshtein name) (
              builtins.filter (lib.strings.levenshteinAtMost 2 name) (builtins.attrNames (autoArgs // args))
            );
          in
          lib.take 3 by;
        quoted = map (n: "\"${n}\"") near;
        hint =
          if quoted == [ ] then
            ""
          else if builtins.length quoted == 1 then
            ", did you mean ${builtins.head quoted}?"
          else
            ", did you mean ${lib.concatStringsSep ", " (lib.init quoted)} or ${lib.last quoted}?";
        place = builtins.unsafeGetAttrPos name wanted;
        at = if place == null then "<unknown location>" else "${place.file}:${toString place.line}";
      in
      if missing == [ ] then
        makeOverridable f known
      else
        abort "lib.customisation.callPackageWith: Function called without required argument \"${name}\" at ${at}${hint}";
    callPackagesWith =
      autoArgs: fn: args:
      let
        f = if lib.isFunction fn then fn else import fn;
        known = builtins.intersectAttrs (functionArgs f) autoArgs // args;
        one = name: lib.mirrorFunctionArgs f (new: (f new).${name});
      in
      builtins.mapAttrs (name: _: makeOverridable (one name) known) (
        removeAttrs (f known) [ "override" ]
      );
    extendDerivation =
      condition: passthru: drv:
      let
        outputs = drv.outputs or [ "out" ];
        common =
          drv // builtins.listToAttrs outputsList // { all = map (o: o.value) outputsList; } // passthru;
        toOutput = name: {
          inherit name;
          value =
            common
            // {
              inherit (drv.${name}) type outputName;
              outputSpecified = true;
              drvPath =
                assert condition;
                drv.${name}.drvPath;
              outPath =
                assert condition;
                drv.${name}.outPath;
            }
            // lib.optionalAttrs (drv ? __spliced) { inherit (drv) __spliced; };
        };
        outputsList = map toOutput outputs;
      in
      common
      // {
        drvPath =
          assert condition;
          drv.drvPath;
        outPath =
          assert condition;
          drv.outPath;
      };
    hydraJob = drv: drv;
    # A builder on top of another: `extendDrvArgs final args` gives what is added to the arguments, or replaces them.
    extendMkDerivation =
      {
        constructDrv,
        extendDrvArgs,
        excludeDrvArgNames ? [ ],
        excludeFunctionArgNames ? [ ],
        transformDrv ? lib.id,
        inheritFunctionArgs ? true,
      }:
      setFunctionArgs
        (
          given:
          transformDrv (
            constructDrv (
              final:
              let
                args = lib.toFunction given final;
              in
              removeAttrs args excludeDrvArgNames // extendDrvArgs final args
            )
          )
        )
        (
          removeAttrs (
            lib.optionalAttrs inheritFunctionArgs (functionArgs constructDrv)
            // functionArgs (extendDrvArgs { })
          ) excludeFunctionArgNames
        );
    makeScope =
      newScope: f:
      let
        self = f self // {
          newScope = scope: newScope (self // scope);
          callPackage = self.newScope { };
          overrideScope = g: makeScope newScope (lib.extends g f);
          packages = f;
        };
      in
      self;
  };
}

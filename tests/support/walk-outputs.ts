/** A function in Nix: the `drvPath` of every derivation below an output, and every text; functions are left out. */
export const walk = `
  let
    walk = v:
      if builtins.isAttrs v then if v.type or "" == "derivation" then v.drvPath else builtins.mapAttrs (n: walk) v
      else if builtins.isString v then v
      else null;
  in walk`;

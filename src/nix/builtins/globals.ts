import { Attrs, AttrsBuilder } from "../eval/attrs.ts";
import type { Globals } from "../eval/resolve.ts";
import { PrimOp, Thunk, type Builtin, type Lazy } from "../eval/values.ts";

/** The functions that are in scope under their own names; the others are so only as `__name`. */
const plainNames = new Set(
  (
    "abort baseNameOf break derivation derivationStrict dirOf fetchGit fetchMercurial fetchTarball fetchTree fromTOML " +
    "import isNull map placeholder removeAttrs scopedImport throw toString"
  ).split(" "),
);

/** The names that programs find in scope: `builtins`, constants, and functions by their two kinds of names. */
export function makeGlobals(
  builtins: readonly Builtin[],
  constants: Iterable<readonly [string, Lazy]>,
  features: ReadonlySet<string>,
): Globals {
  const globals = new Map<string, Lazy>();
  const builder = new AttrsBuilder();
  const add = (name: string, value: Lazy) => {
    builder.set(name, value);
    globals.set(plainNames.has(name) ? name : `__${name}`, value);
  };
  for (const builtin of builtins) {
    if (builtin.feature === undefined || features.has(builtin.feature)) add(builtin.name, new PrimOp(builtin));
  }
  for (const [name, value] of constants) add(name, value);
  for (const [name, value] of [
    ["true", true],
    ["false", false],
    ["null", null],
  ] as const) {
    builder.set(name, value);
    globals.set(name, value);
  }
  let all = Attrs.empty;
  builder.set("builtins", new Thunk(() => all, []));
  all = builder.finish();
  globals.set("builtins", all);
  return globals;
}

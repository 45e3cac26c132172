import { Attrs, AttrsBuilder } from "../eval/attrs.ts";
import { machine } from "../eval/machine.ts";
import type { Globals } from "../eval/resolve.ts";
import { PrimOp, Thunk, type Lazy } from "../eval/values.ts";
import { allBuiltins } from "./all.ts";

/** The functions that are in scope without `builtins.`; the others are so too, under `__name`. */
const plainNames = new Set(
  (
    "abort baseNameOf break derivation derivationStrict dirOf fetchGit fetchMercurial fetchTarball fetchTree fromTOML " +
    "import isNull map placeholder removeAttrs scopedImport throw toString"
  ).split(" "),
);

/** The names that programs find in scope: `builtins`, constants, and functions by their two kinds of names. */
export function makeGlobals(constants: Iterable<readonly [string, Lazy]>): Globals {
  const globals = new Map<string, Lazy>();
  const builder = new AttrsBuilder();
  const { features } = machine.settings;
  const add = (name: string, value: Lazy) => {
    builder.set(name, value);
    globals.set(plainNames.has(name) ? name : `__${name}`, value);
  };
  for (const builtin of allBuiltins) {
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
  let all: Attrs | undefined;
  const self = new Thunk(() => all!, []);
  builder.set("builtins", self);
  all = builder.finish();
  globals.set("builtins", all);
  return globals;
}

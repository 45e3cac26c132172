import type { Builtin } from "../eval/values.ts";
import { closureBuiltins } from "./closure.ts";
import { contextBuiltins } from "./context.ts";
import { controlBuiltins } from "./control.ts";
import { dataBuiltins } from "./data.ts";
import { derivationBuiltins } from "./derivations.ts";
import { fetchBuiltins } from "./fetch.ts";
import { fileBuiltins } from "./files.ts";
import { flakeReferenceBuiltins } from "./flake-references.ts";
import { listBuiltins } from "./lists.ts";
import { numberBuiltins } from "./numbers.ts";
import { outputBuiltins } from "./outputs.ts";
import { setBuiltins } from "./sets.ts";
import { sortBuiltins } from "./sort.ts";
import { storeBuiltins } from "./store.ts";
import { stringBuiltins } from "./strings.ts";
import { typeBuiltins } from "./types.ts";

/** Every builtin that is a function, but `derivation`, which is written in Nix. */
export const allBuiltins: readonly Builtin[] = [
  ...closureBuiltins,
  ...contextBuiltins,
  ...controlBuiltins,
  ...dataBuiltins,
  ...derivationBuiltins,
  ...fetchBuiltins,
  ...fileBuiltins,
  ...flakeReferenceBuiltins,
  ...listBuiltins,
  ...numberBuiltins,
  ...outputBuiltins,
  ...setBuiltins,
  ...sortBuiltins,
  ...storeBuiltins,
  ...stringBuiltins,
  ...typeBuiltins,
];

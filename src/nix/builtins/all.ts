import type { Builtin } from "../eval/values.ts";
import { lists } from "./lists.ts";

/** Every builtin that is a function. */
export const allBuiltins: readonly Builtin[] = [...lists];

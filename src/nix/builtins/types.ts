import { Attrs } from "../eval/attrs.ts";
import { typeOf } from "../eval/describe.ts";
import { NixError } from "../eval/errors.ts";
import {
  Callable,
  force,
  Lambda,
  NixFloat,
  NixPath,
  NixString,
  PartialCall,
  type Builtin,
  type Value,
} from "../eval/values.ts";

function predicate(name: string, test: (value: Value) => boolean): Builtin {
  return { name, args: ["e"], run: (_, e) => test(force(e)) };
}

/** What a value is. */
export const typeBuiltins: readonly Builtin[] = [
  { name: "typeOf", args: ["e"], run: (_, e) => typeOf(force(e)) },
  predicate("isAttrs", (value) => value instanceof Attrs),
  predicate("isBool", (value) => typeof value === "boolean"),
  predicate("isFloat", (value) => value instanceof NixFloat),
  predicate("isFunction", (value) => value instanceof Callable),
  predicate("isInt", (value) => typeof value === "number" || typeof value === "bigint"),
  predicate("isList", (value) => Array.isArray(value)),
  predicate("isNull", (value) => value === null),
  predicate("isPath", (value) => value instanceof NixPath),
  predicate("isString", (value) => typeof value === "string" || value instanceof NixString),
  {
    name: "functionArgs",
    args: ["f"],
    run(_, f) {
      const value = force(f);
      if (!(value instanceof Callable)) throw new NixError("type", "'functionArgs' requires a function");
      if (value instanceof PartialCall || !(value instanceof Lambda)) return Attrs.empty;
      return value.code.formalsSet ?? Attrs.empty;
    },
  },
];

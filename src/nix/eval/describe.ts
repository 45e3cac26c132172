import { Attrs } from "./attrs.ts";
import { Callable, NixFloat, NixPath, NixString, PartialCall, PrimOp, type Value } from "./values.ts";

/** A value's type as `builtins.typeOf` names it. */
export function typeOf(value: Value): string {
  switch (typeof value) {
    case "number":
    case "bigint":
      return "int";
    case "string":
      return "string";
    case "boolean":
      return "bool";
  }
  if (value === null) return "null";
  if (value instanceof Attrs) return "set";
  if (value instanceof Callable) return "lambda";
  if (value instanceof NixString) return "string";
  if (value instanceof NixFloat) return "float";
  if (value instanceof NixPath) return "path";
  return "list";
}

/** A value's type with its article, as messages name it. */
export function describeType(value: Value): string {
  switch (typeof value) {
    case "number":
    case "bigint":
      return "an integer";
    case "string":
      return "a string";
    case "boolean":
      return "a Boolean";
  }
  if (value === null) return "null";
  if (value instanceof Attrs) return "a set";
  if (value instanceof NixString) return "a string with context";
  if (value instanceof NixFloat) return "a float";
  if (value instanceof NixPath) return "a path";
  if (value instanceof PrimOp) return `the built-in function '${value.builtin.name}'`;
  if (value instanceof PartialCall && value.fn instanceof PrimOp)
    return `the partially applied built-in function '${value.fn.builtin.name}'`;
  if (value instanceof Callable) return "a function";
  return "a list";
}

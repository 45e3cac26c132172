import { AttrsBuilder } from "../eval/attrs.ts";
import { NixError } from "../eval/errors.ts";
import { current, machine } from "../eval/machine.ts";
import { printValue } from "../eval/print.ts";
import { force, NixString, type Builtin, type Lazy, type Value } from "../eval/values.ts";
import { forceDeep } from "../eval/force-deep.ts";
import { coerce, forceAnyText } from "./support.ts";

function outcome(success: boolean, value: Lazy): Value {
  const builder = new AttrsBuilder();
  builder.set("success", success);
  builder.set("value", value);
  return builder.finish();
}

function trace(lazy: Lazy): void {
  const value = force(lazy);
  const text = typeof value === "string" ? value : value instanceof NixString ? value.text : printValue(value);
  current().settings.log(`trace: ${text}`);
}

/** Order of evaluation, errors, and messages. */
export const controlBuiltins: readonly Builtin[] = [
  {
    name: "abort",
    args: ["s"],
    run(_, s) {
      const text = coerce(s, new Set(), "while evaluating the error message passed to builtins.abort");
      throw new NixError("abort", `evaluation aborted with the following error message: '${text}'`);
    },
  },
  {
    name: "addErrorContext",
    args: ["context", "value"],
    quiet: true,
    run(_, context, value) {
      try {
        return force(value);
      } catch (error) {
        if (error instanceof NixError) {
          const what = "while evaluating the error message passed to builtins.addErrorContext";
          error.trace(coerce(context, new Set(), what, false, false), undefined, true);
        }
        throw error;
      }
    },
  },
  { name: "break", args: ["v"], run: (_, v) => force(v) },
  {
    name: "deepSeq",
    args: ["e1", "e2"],
    run(_, e1, e2) {
      forceDeep(e1);
      return force(e2);
    },
  },
  {
    name: "seq",
    args: ["e1", "e2"],
    run(_, e1, e2) {
      force(e1);
      return force(e2);
    },
  },
  {
    name: "throw",
    args: ["s"],
    run(_, s) {
      const what = "while evaluating the error message passed to builtin.throw";
      throw new NixError("throw", coerce(s, new Set(), what));
    },
  },
  {
    name: "trace",
    args: ["e1", "e2"],
    run(_, e1, e2) {
      trace(e1);
      return force(e2);
    },
  },
  {
    name: "traceVerbose",
    args: ["e1", "e2"],
    run(_, e1, e2) {
      if (current().settings.traceVerbose) trace(e1);
      return force(e2);
    },
  },
  {
    name: "tryEval",
    args: ["e"],
    run(_, e) {
      const { depth } = machine;
      try {
        force(e);
        return outcome(true, e);
      } catch (error) {
        if (!(error instanceof NixError) || (error.kind !== "throw" && error.kind !== "assertion")) throw error;
        machine.depth = depth;
        return outcome(false, false);
      }
    },
  },
  {
    name: "warn",
    args: ["e1", "e2"],
    run(_, e1, e2) {
      const what = "while evaluating the first argument; the message passed to builtins.warn";
      current().settings.log(`evaluation warning: ${forceAnyText(e1, what).replaceAll("\n", `\n${" ".repeat(20)}`)}`);
      return force(e2);
    },
  },
];

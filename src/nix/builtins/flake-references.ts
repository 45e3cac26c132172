import { AttrsBuilder } from "../eval/attrs.ts";
import { current } from "../eval/machine.ts";
import { describeType } from "../eval/describe.ts";
import { NixError } from "../eval/errors.ts";
import { guillemets, printIdentifier, printOrigin } from "../eval/print.ts";
import { force, NixString, type Builtin, type CallSite } from "../eval/values.ts";
import { isLocked, lockDifference } from "../flake/lock-file.ts";
import { flakeRefToString, parseFlakeRef } from "../flake/reference.ts";
import { flakesOf } from "../flake/session.ts";
import { forceSet, forceText } from "./support.ts";

function showSite({ source, pos }: CallSite): string {
  if (source === undefined || pos < 0) return guillemets("none");
  const { line, column } = source.at(pos);
  return `${printOrigin(source)}:${line}:${column}`;
}

/** Flakes, and flake references as sets and as texts. */
export const flakeReferenceBuiltins: readonly Builtin[] = [
  {
    name: "getFlake",
    args: ["args"],
    feature: "flakes",
    run(site, lazy) {
      const text = forceText(lazy, "while evaluating the argument passed to builtins.getFlake");
      const state = current();
      const { pure } = state.settings;
      const reference = parseFlakeRef(text, { features: state.store.features });
      if (pure && !isLocked(reference))
        throw new NixError(
          "eval",
          `cannot call 'getFlake' on unlocked flake reference '${text}', at ${showSite(site)} (use --impure to override)`,
        );
      const flakes = flakesOf(state);
      const flake = flakes.lock(reference, { allowUnlocked: !pure });
      if (flake.changed) {
        const difference = lockDifference(flake.oldLock, flake.lock).trimEnd();
        state.store.warn(`not writing modified lock file of flake '${flakeRefToString(reference)}':\n${difference}`);
      }
      return flakes.call(flake, flake.changed);
    },
  },
  {
    name: "parseFlakeRef",
    args: ["flake-ref"],
    feature: "flakes",
    run(_, lazy) {
      const text = forceText(lazy, "while evaluating the argument passed to builtins.parseFlakeRef");
      const builder = new AttrsBuilder();
      for (const [name, value] of parseFlakeRef(text, { features: current().store.features }))
        // Nix keeps such numbers without sign and shows them with one.
        builder.set(name, typeof value === "bigint" ? BigInt.asIntN(64, value) : value);
      return builder.finish();
    },
  },
  {
    name: "flakeRefToString",
    args: ["attrs"],
    feature: "flakes",
    run(_, lazy) {
      const attributes = new Map<string, string | number | bigint | boolean>();
      const set = forceSet(lazy, "while evaluating the argument passed to builtins.flakeRefToString");
      for (const [name, member] of set.entries()) {
        const value = force(member);
        if (typeof value === "number" || typeof value === "bigint") {
          if (value < 0) throw new NixError("eval", `negative value given for flake ref attr ${name}: ${value}`);
          attributes.set(name, value);
        } else if (typeof value === "boolean" || typeof value === "string") attributes.set(name, value);
        else if (value instanceof NixString) attributes.set(name, value.text);
        else
          throw new NixError(
            "eval",
            "flake reference attribute sets may only contain integers, Booleans, and strings, " +
              `but attribute '${printIdentifier(name)}' is ${describeType(value)}`,
          );
      }
      return flakeRefToString(attributes, { features: current().store.features });
    },
  },
];

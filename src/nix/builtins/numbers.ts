import { nowhere } from "../eval/call.ts";
import { compareValues } from "../eval/compare.ts";
import { NixError } from "../eval/errors.ts";
import { arithmetic, fromBigInt } from "../eval/numbers.ts";
import { force, type Builtin } from "../eval/values.ts";
import { formatFloat } from "../text/float.ts";
import { argument, forceFloat, forceInt } from "./support.ts";

function operator(name: string, op: "+" | "-" | "*" | "/"): Builtin {
  return {
    name,
    args: ["e1", "e2"],
    run(_, e1, e2) {
      const a = force(e1);
      return arithmetic(op, a, force(e2), nowhere);
    },
  };
}

function bits(name: string, compute: (a: bigint, b: bigint) => bigint): Builtin {
  return {
    name,
    args: ["e1", "e2"],
    run(_, e1, e2) {
      const a = BigInt(forceInt(e1, argument("first", name)));
      const b = BigInt(forceInt(e2, argument("second", name)));
      return fromBigInt(compute(a, b));
    },
  };
}

const bug = "Due to a bug (see https://github.com/NixOS/nix/issues/12899) ";
const hope = ".\n\tFuture Nix versions might implement the correct behavior.";

/** Rounding goes through a double in Nix; what that would change is refused. */
function rounding(name: "ceil" | "floor", round: (value: number) => number): Builtin {
  return {
    name,
    args: ["number"],
    run(_, number) {
      const rounded = round(forceFloat(number, argument("first", name)));
      const value = force(number);
      const isInt = typeof value === "number" || typeof value === "bigint";
      if (!(rounded >= -(2 ** 63) && rounded < 2 ** 63)) {
        if (!isInt)
          throw new NixError("eval", `NixFloat argument ${formatFloat(rounded)} is not in the range of NixInt`);
        throw new NixError(
          "eval",
          `${bug}the NixInt argument ${value} caused undefined behavior in previous Nix versions${hope}`,
        );
      }
      const result = fromBigInt(BigInt(rounded));
      if (isInt && result !== value)
        throw new NixError(
          "eval",
          `${bug}a loss of precision occurred in previous Nix versions because the NixInt argument ${value} was ` +
            `rounded to ${result}${hope}`,
        );
      return result;
    },
  };
}

/** Numbers. */
export const numberBuiltins: readonly Builtin[] = [
  operator("add", "+"),
  operator("sub", "-"),
  operator("mul", "*"),
  operator("div", "/"),
  bits("bitAnd", (a, b) => a & b),
  bits("bitOr", (a, b) => a | b),
  bits("bitXor", (a, b) => a ^ b),
  rounding("ceil", Math.ceil),
  rounding("floor", Math.floor),
  {
    name: "lessThan",
    args: ["e1", "e2"],
    run(_, e1, e2) {
      const a = force(e1);
      return compareValues(a, force(e2));
    },
  },
];

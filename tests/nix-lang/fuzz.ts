/** `npm run fuzz -- --count 10000 --seed 1`: random expressions, ours against real Nix. */
import { parseArgs } from "node:util";
import { nix } from "../nix-libraries/real-nix.ts";
import { compare, expressionOf, shrink } from "./differences.ts";

const { values } = parseArgs({
  options: {
    count: { type: "string", default: "1000" },
    seed: { type: "string", default: String(Date.now() % 1_000_000) },
    batch: { type: "string", default: "1000" },
    shrink: { type: "string", default: "60" },
    messages: { type: "boolean", default: false },
  },
});
const [count, seed, batch, tries] = [values.count, values.seed, values.batch, values.shrink].map(Number) as [
  number, number, number, number,
]; // prettier-ignore
if (![count, seed, batch, tries].every(Number.isSafeInteger)) throw new Error("--count, --seed, --batch and --shrink are whole numbers");

console.log(`real Nix ${nix.version}; to repeat: npm run fuzz -- --count ${count} --seed ${seed}`);
const total = { compared: 0, values: 0, errors: 0, sameMessages: 0, stopped: 0, differences: 0 };
for (let done = 0; done < count; ) {
  const size = Math.min(batch, count - done);
  const first = seed + done;
  const outcome = compare(Array.from({ length: size }, (_, index) => expressionOf(first + index)));
  for (const key of ["compared", "values", "errors", "sameMessages", "stopped"] as const) total[key] += outcome[key];
  total.differences += outcome.differences.length;
  done += size;
  for (const { index, expression, ours, real } of outcome.differences) {
    console.log(`\ndifference at --seed ${first + index} --count 1\n  ${expression}\n  ours: ${ours}\n  real: ${real}`);
    const small = tries > 0 ? shrink(first + index, tries) : undefined;
    if (small !== undefined && small.expression !== expression)
      console.log(`  shrunk: ${small.expression}\n  ours: ${small.ours}\n  real: ${small.real}`);
  }
  if (values.messages)
    for (const { expression, ours, real } of outcome.otherMessages)
      console.log(`\nother message\n  ${expression}\n  ours: ${ours}\n  real: ${real}`);
  console.log(
    `${done}/${count}: ${total.values} equal values, ${total.errors} errors on both sides ` +
      `(${total.sameMessages} with the same message), ${total.differences} differences, ${total.stopped} too long`,
  );
}
process.exitCode = total.differences === 0 ? 0 : 1;

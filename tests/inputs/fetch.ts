/**
 * `npm run inputs -- EXAMPLE…` fetches the real inputs that the locks of examples name, checks each against its hash, and
 * keeps them. `npm run test:real -- --kept` then checks the examples with them, in both evaluators, without a network.
 */
import { existsSync } from "node:fs";
import { join, relative, resolve } from "node:path";
import { exampleNames, flakesOf } from "../flakes/examples.ts";
import { describeInput, fetchInput, InputError, lockedNodes, type Locked } from "./locked-inputs.ts";

const root = resolve(import.meta.dirname, "../..");
const examples = process.argv.slice(2);
const known = exampleNames();
const wrong = examples.find((name) => !known.includes(name));

/** The inputs of all locks of some examples, each once. */
function inputsOf(names: readonly string[]): Map<string, Locked> {
  const inputs = new Map<string, Locked>();
  for (const flake of names.flatMap((name) => flakesOf(name))) {
    const lock = join(flake.folder, flake.flake, "flake.lock");
    if (existsSync(lock)) for (const locked of lockedNodes(lock).values()) inputs.set(locked.narHash, locked);
  }
  return inputs;
}

async function fetchAll(): Promise<void> {
  for (const locked of inputsOf(examples).values()) {
    const name = describeInput(locked);
    try {
      const { folder, kept } = await fetchInput(locked);
      console.log(`${kept ? "here " : "ok   "} ${name}: ${relative(root, folder)}`);
    } catch (error) {
      if (!(error instanceof InputError)) throw error;
      process.exitCode = 1;
      console.error(`FAIL  ${name}: ${error.message}`);
      if (error.reason === "unreachable") console.error("      The inputs come over a network, and this one did not.");
    }
  }
}

if (examples.length === 0 || wrong !== undefined) {
  if (wrong !== undefined) console.error(`there is no example '${wrong}'`);
  console.error(`usage: npm run inputs -- EXAMPLE…, of: ${known.join(", ")}`);
  process.exitCode = 1;
} else await fetchAll();

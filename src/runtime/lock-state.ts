import { decodeUtf8, flakeRefToString, lockDifference, printLock, type InputAttributes } from "#nix";
import type { LockState } from "./messages.ts";
import { referenceOf, type OpenFlake } from "./warm-evaluation.ts";

/** What Nix says of a lock file that is out of step, and what it would write. */
export function lockState({ locked: { lock, oldLock, original }, missing }: OpenFlake): LockState {
  const name = decodeUtf8(flakeRefToString(original));
  const refusal = `flake '${name}' requires lock file changes but they're not allowed due to '--no-update-lock-file'`;
  const { json } = printLock(lock);
  // What such an input would be locked to nobody knows here.
  if (missing.length > 0)
    return { inStep: false, refusal, missing: [...new Set(missing.map(repositoryOf))].map(decodeUtf8) };
  return {
    inStep: false,
    refusal,
    difference: decodeUtf8(lockDifference(oldLock, lock)),
    text: `${JSON.stringify(JSON.parse(decodeUtf8(json)), null, 2)}\n`,
  };
}

/** As `referenceOf`, without the folder of the flake in it. */
const repositoryOf = (input: InputAttributes) => referenceOf(new Map([...input].filter(([name]) => name !== "dir")));

import { decodeUtf8, flakeRefToString, lockDifference, printLock } from "#nix";
import type { LockState } from "./messages.ts";
import type { OpenFlake } from "./warm-evaluation.ts";

/** Whether a flake's lock file says what its `flake.nix` asks for; if not, what Nix says and would write. */
export function lockState({ locked: { lock, oldLock, original, changed } }: OpenFlake): LockState {
  if (!changed) return { inStep: true };
  const name = decodeUtf8(flakeRefToString(original));
  return {
    inStep: false,
    refusal: `flake '${name}' requires lock file changes but they're not allowed due to '--no-update-lock-file'`,
    difference: decodeUtf8(lockDifference(oldLock, lock)),
    text: `${JSON.stringify(JSON.parse(decodeUtf8(printLock(lock).json)), null, 2)}\n`,
  };
}

import { Failure } from "../text/failure.ts";
import { encodeBase16 } from "./base.ts";
import { printMethodAlgorithm } from "./content-address.ts";
import { derivationKind, outputPath, printDerivation, type Derivation, type InputNode } from "./derivation.ts";
import { sha256Of } from "./hash.ts";

/**
 * The hash of a derivation in which its inputs' paths are replaced by their own such hashes: SHA-256 as `sha256Of` writes
 * it, the same for each of the outputs. `deferred` says that some input's path is known only after a build, so no output
 * path can follow from the hash.
 */
export interface HashModulo {
  readonly hash: string;
  readonly outputs: readonly string[];
  readonly deferred: boolean;
}

/** Gives the hash modulo of an input derivation by its path; a caller keeps them, as Nix does. */
export type FindModulo = (drvPath: string) => HashModulo;

/**
 * The hash modulo of a derivation (Dolstra's thesis, section 5.4, and the Nix manual, "Derivation hash modulo"). With
 * `mask`, the derivation's own output paths are left out: that hash is what they are made from. `end` is the end of its
 * text, with or without them, where a caller has it.
 */
export function hashModulo(
  derivation: Derivation,
  mask: boolean,
  end: string | undefined,
  storeDir: string,
  find: FindModulo,
): HashModulo {
  const outputs = [...derivation.outputs.keys()];
  const kind = derivationKind(derivation);
  if (kind === "fixed") return { hash: fixedHash(derivation, storeDir), outputs, deferred: false };

  let deferred = kind === "floating" || kind === "impure";
  const inputs = new Map<string, InputNode>();
  derivation.inputDerivations.forEach((node, drvPath) => {
    const input = find(drvPath);
    deferred ||= input.deferred;
    node.outputs.forEach((output) => {
      if (!input.outputs.includes(output))
        throw new Failure(`no hash for output '${output}' of derivation '${derivation.name}'`);
    });
    const key = input.hash.slice("sha256:".length);
    const known = inputs.get(key);
    inputs.set(key, {
      outputs: known === undefined ? node.outputs : new Set([...known.outputs, ...node.outputs]),
      dynamic: undefined,
    });
  });
  const printing = { storeDir, mask, inputs, ...(end === undefined ? {} : { end }) };
  return { hash: sha256Of(printDerivation(derivation, printing)), outputs, deferred };
}

/** A fixed output is what its hash says, whatever fetched it: so its inputs do not count. */
function fixedHash(derivation: Derivation, storeDir: string): string {
  const output = derivation.outputs.get("out");
  if (output?.type !== "fixed") throw new Failure("a fixed output that is none");
  const { method, hash } = output.address;
  const path = outputPath(derivation, "out", output, storeDir);
  return sha256Of(`fixed:out:${printMethodAlgorithm(method, hash.algorithm)}:${encodeBase16(hash.bytes)}:${path}`);
}

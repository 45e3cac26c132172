import { Failure } from "../text/failure.ts";
import { encodeBase16 } from "./base.ts";
import { printMethodAlgorithm } from "./content-address.ts";
import { derivationKind, outputPath, printDerivation, type Derivation, type InputNode } from "./derivation.ts";
import { hashOf, type Hash } from "./hash.ts";

/**
 * The hash of a derivation in which its inputs' paths are replaced by their own such hashes, for each output.
 * `deferred` says that some input's path is known only after a build, so no output path can follow from the hash.
 */
export interface HashModulo {
  readonly hashes: ReadonlyMap<string, Hash>;
  readonly deferred: boolean;
}

/** Gives the hash modulo of an input derivation by its path; a caller keeps them, as Nix does. */
export type FindModulo = (drvPath: string) => HashModulo;

/**
 * The hash modulo of a derivation (Dolstra's thesis, section 5.4, and the Nix manual, "Derivation hash modulo"). With
 * `mask`, the derivation's own output paths are left out: that hash is what they are made from.
 */
export function hashModulo(derivation: Derivation, mask: boolean, storeDir: string, find: FindModulo): HashModulo {
  const kind = derivationKind(derivation);
  if (kind === "fixed") return { hashes: fixedHashes(derivation, storeDir), deferred: false };

  let deferred = kind === "floating" || kind === "impure";
  const inputs = new Map<string, InputNode>();
  for (const [drvPath, node] of derivation.inputDerivations) {
    const input = find(drvPath);
    deferred ||= input.deferred;
    for (const output of node.outputs) {
      const hash = input.hashes.get(output);
      if (!hash) throw new Failure(`no hash for output '${output}' of derivation '${derivation.name}'`);
      const key = encodeBase16(hash.bytes);
      const known = inputs.get(key);
      if (known) known.outputs.add(output);
      else inputs.set(key, { outputs: new Set([output]), dynamic: new Map() });
    }
  }
  const hash = hashOf("sha256", printDerivation(derivation, { storeDir, mask, inputs }));
  return { hashes: new Map(Array.from(derivation.outputs.keys(), (name) => [name, hash])), deferred };
}

/** A fixed output is what its hash says, whatever fetched it: so its inputs do not count. */
function fixedHashes(derivation: Derivation, storeDir: string): Map<string, Hash> {
  const hashes = new Map<string, Hash>();
  for (const [name, output] of derivation.outputs) {
    if (output.type !== "fixed") continue;
    const { method, hash } = output.address;
    const path = outputPath(derivation, name, output, storeDir);
    const text = `fixed:out:${printMethodAlgorithm(method, hash.algorithm)}:${encodeBase16(hash.bytes)}:${path}`;
    hashes.set(name, hashOf("sha256", text));
  }
  return hashes;
}

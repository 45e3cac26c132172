import type { BuiltElement } from "./context.ts";
import { requireFeature, type Features } from "../text/failure.ts";
import { encodeNix32 } from "./base.ts";
import { compressHash, hashOf, type Hash } from "./hash.ts";
import { hashPartOf, nameOf, outputPathName } from "./path.ts";

/** `builtins.placeholder`: what stands for an output's own path inside its derivation. */
export function outputPlaceholder(output: string): string {
  return `/${encodeNix32(hashOf("sha256", `nix-output:${output}`).bytes)}`;
}

/** What stands, in other derivations and in strings, for an output whose path only its build will tell. */
export function downstreamPlaceholder(element: BuiltElement, features: Features): string {
  return `/${encodeNix32(placeholderHash(element, features).bytes)}`;
}

function placeholderHash({ drvPath, output }: BuiltElement, features: Features): Hash {
  if (drvPath.type === "opaque") {
    requireFeature(features, "ca-derivations");
    const name = outputPathName(nameOf(drvPath.path).slice(0, -".drv".length), output);
    return hashOf("sha256", `nix-upstream-output:${hashPartOf(drvPath.path)}:${name}`);
  }
  requireFeature(features, "dynamic-derivations", `placeholder for unknown derivation output '${output}'`);
  const inner = encodeNix32(compressHash(placeholderHash(drvPath, features), 20).bytes);
  return hashOf("sha256", `nix-computed-output:${inner}:${output}`);
}

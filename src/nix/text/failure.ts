/**
 * A refusal of the pure libraries, worded as Nix words it; the message is a byte string, as all text here.
 * The evaluator adds place and trace. `traces` are the "while …" lines that Nix adds below the place of the throw.
 */
export class Failure extends Error {
  readonly kind: FailureKind;
  readonly traces: readonly string[];

  constructor(message: string, kind: FailureKind = "error", traces: readonly string[] = []) {
    super(message);
    this.name = "Failure";
    this.kind = kind;
    this.traces = traces;
  }
}

/** What a caller may want to tell apart: the names follow the classes that Nix throws. */
export type FailureKind =
  | "error"
  | "usage"
  | "bad-hash"
  | "bad-store-path"
  | "bad-name"
  | "bad-url"
  | "experimental"
  | "eval"
  | "json"
  | "format";

/** A switch of Nix's `experimental-features` that these libraries ask about. */
export type Feature =
  | "blake3-hashes"
  | "ca-derivations"
  | "impure-derivations"
  | "dynamic-derivations"
  | "git-hashing"
  | "verified-fetches"
  | "parse-toml-timestamps";

/** The features that are on. */
export type Features = ReadonlySet<Feature>;

/** Throws Nix's refusal when `feature` is off; `reason` is what needed it. */
export function requireFeature(features: Features, feature: Feature, reason = ""): void {
  if (features.has(feature)) return;
  throw new Failure(
    `experimental Nix feature '${feature}' is disabled${reason && ` (${reason})`}; ` +
      `add '--extra-experimental-features ${feature}' to enable it`,
    "experimental",
  );
}

import {
  type Features,
  hashNar,
  hashOf,
  parseHash,
  parseHashAlgorithm,
  parseHashFormat,
  printHash,
  type HashAlgorithm,
  type HashFormat,
} from "#nix";
import type { CommandContext } from "./context.ts";
import { absolute } from "./evaluation.ts";
import { UsageError } from "./failures.ts";
import type { Flag } from "./flags.ts";

const formats: readonly HashFormat[] = ["base16", "nix32", "base64", "sri"];

/** `nix hash file|path|convert|to-base16|…`. @throws NixError */
export function nixHash([command = "", ...args]: readonly string[], context: CommandContext): void {
  const { system } = context;
  context.settings.pure ??= false;
  let algorithm: HashAlgorithm | undefined;
  let format: HashFormat = "sri";
  let mode = command === "file" ? "flat" : "nar";
  const features = context.settings.features as ReadonlySet<string> as Features;
  const flags: Flag[] = [
    {
      names: ["--type", "--algo", "--hash-algo"],
      arity: 1,
      run: (name) => (algorithm = parseHashAlgorithm(name!, features)),
    },
    { names: ["--format", "--to"], arity: 1, run: (name) => (format = parseHashFormat(name!)) },
    { names: ["--from"], arity: 1, run: (name) => void parseHashFormat(name!) },
    { names: ["--mode"], arity: 1, run: (name) => (mode = name!) },
    ...formats.map((name): Flag => ({
      names: [name === "nix32" ? "--base32" : `--${name}`],
      run: () => (format = name),
    })),
  ];
  const rest = context.parse(args, flags);
  const old = /^to-(base16|base32|base64|sri)$/.exec(command)?.[1];
  if (old !== undefined) format = old === "base32" ? "nix32" : (old as HashFormat);
  for (const text of rest) {
    if (command === "convert" || old !== undefined) {
      const hash = parseHash(text, algorithm, features);
      system.stdout(`${printHash(hash, format)}\n`);
    } else if (mode === "flat") {
      system.stdout(`${printHash(hashOf(algorithm ?? "sha256", system.readFile(absolute(text, system))), format)}\n`);
    } else {
      const { files } = context.evaluation.state;
      system.stdout(`${printHash(hashNar(files.tree(absolute(text, system)), algorithm ?? "sha256"), format)}\n`);
    }
  }
  if (rest.length === 0 && command !== "file" && command !== "path") throw new UsageError("argument required");
}

import { spawnSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { standInFor, type LockNode } from "./index.ts";

const bin = process.env["NIX_BIN"] ?? join(import.meta.dirname, "../../.cache/nix/bin");

/**
 * What a Nix expression gives, as JSON; or, where Nix refuses it, its last error in words with `error: ` before it. The
 * nodes' stand-ins are in scope under their names, as paths.
 * @throws Error where no Nix is found (`NIX_BIN` names its folder) or a node has no stand-in.
 */
export function evaluate(
  nodes: Record<string, LockNode>,
  expression: string,
  env: Record<string, string> = {},
): unknown {
  return evaluateIn(nodes, expression, env).value;
}

/** The warnings of an evaluation, each a line. */
export function warningsOf(nodes: Record<string, LockNode>, expression: string): string[] {
  return evaluateIn(nodes, expression, {}).warnings;
}

/**
 * The same in pure evaluation, as `nix develop` evaluates: a flake whose inputs are the nodes' stand-ins under their
 * names, and of whose output `it` the expression is the value.
 */
export function evaluatePurely(nodes: Record<string, LockNode>, expression: string): unknown {
  return inState(nodes, (state, copies) => {
    const names = Object.keys(nodes);
    const inputs = names.map((name) => `${name}.url = "path:${copies[name]}";`).join(" ");
    const follows = "nixpkgs" in nodes && "devenv" in nodes ? 'devenv.inputs.nixpkgs.follows = "nixpkgs";' : "";
    const flake = `{ inputs = { ${inputs} ${follows} }; outputs = { self, ${names.join(", ")} }: { it = ${expression}; }; }`;
    mkdirSync(join(state, "flake"));
    writeFileSync(join(state, "flake/flake.nix"), flake);
    return run(state, ["nix", "eval", "--json", "--offline", "--no-write-lock-file", `path:${state}/flake#it`]).value;
  });
}

function evaluateIn(nodes: Record<string, LockNode>, expression: string, env: Record<string, string>) {
  return inState(nodes, (state, copies) => {
    const names = Object.entries(copies).map(([name, copy]) => `${name} = ${copy};`);
    const text = `let ${names.join(" ")} in ${expression}`;
    const args = ["nix-instantiate", "--eval", "--strict", "--json", "--readonly-mode", "--expr", text];
    return run(state, args, env);
  });
}

/** Copies of the nodes' stand-ins, by name, in a folder that is removed afterwards. */
function inState<Result>(
  nodes: Record<string, LockNode>,
  use: (state: string, copies: Record<string, string>) => Result,
): Result {
  const state = mkdtempSync(join(tmpdir(), "inputs-"));
  try {
    const copies: Record<string, string> = {};
    for (const [name, node] of Object.entries(nodes)) {
      const found = standInFor(node);
      if (found === undefined) throw new Error(`no stand-in for '${name}'`);
      copies[name] = join(state, name);
      cpSync(join(import.meta.dirname, found.folder), join(state, name), { recursive: true });
      if (found.facts) writeFileSync(join(state, name, "node.json"), JSON.stringify(found.facts));
    }
    return use(state, copies);
  } finally {
    rmSync(state, { recursive: true, force: true });
  }
}

function run(state: string, [program = "nix", ...args]: string[], env: Record<string, string> = {}) {
  const settings = [`store = ${state}/store`, "substituters =", "experimental-features = nix-command flakes"];
  const { status, stdout, stderr, error } = spawnSync(join(bin, program), args, {
    encoding: "utf8",
    env: { PATH: process.env["PATH"], NIX_CONFIG: settings.join("\n"), HOME: state, NO_COLOR: "1", ...env },
  });
  if (error) throw error;
  const warnings = stderr.split("\n").filter((line) => line.startsWith("evaluation warning:"));
  if (status === 0) return { value: JSON.parse(stdout) as unknown, warnings };
  const text = stderr.slice(stderr.lastIndexOf("error: ")).replace(/^ {7}/gm, "");
  // The place that Nix adds below is a path of this run.
  return { value: text.replace(/\n\s*at .*[^]*$/, "").trim(), warnings };
}

const github = (owner: string, repo: string, day: string, ref?: string): LockNode => ({
  locked: { type: "github", owner, repo, rev: "0".repeat(40), lastModified: Date.parse(day) / 1000 },
  original: { type: "github", owner, repo, ...(ref === undefined ? {} : { ref }) },
});

/** Lock nodes as the examples have them: repository, day of the revision, branch. */
export const locked = {
  stable: (release: string, day: string) => github("NixOS", "nixpkgs", day, `nixos-${release}`),
  unstable: (day: string) => github("NixOS", "nixpkgs", day, "nixos-unstable"),
  flakeUtils: github("numtide", "flake-utils", "2024-11-13"),
  flakeParts: github("hercules-ci", "flake-parts", "2026-08-01"),
  systems: github("nix-systems", "default", "2023-04-09"),
  devenv: (day: string) => github("cachix", "devenv", day),
  pyproject: (repo: string, day: string) => github("pyproject-nix", repo, day),
};

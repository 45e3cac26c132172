import type { SearchPathEntry } from "#nix";
import { refusal } from "./failures.ts";
import type { Flag } from "./flags.ts";
import type { System } from "./system.ts";

/** What settings and flags decide for an evaluation. */
export interface CommandSettings {
  features: Set<string>;
  /** Whether `pure-eval` is on; undefined where nothing said so, so that each command has its own default. */
  pure: boolean | undefined;
  showTrace: boolean;
  maxCallDepth: number;
  system: string;
  traceVerbose: boolean;
  quiet: boolean;
  warnDirty: boolean;
  acceptFlakeConfig: boolean;
  /** From `-I`, before those of `nix-path`. */
  include: SearchPathEntry[];
  nixPath: SearchPathEntry[];
}

/** An entry as `-I` and `NIX_PATH` have it; a relative path stands below the current folder. */
function searchPathEntry(text: string, cwd: string): SearchPathEntry {
  const at = text.indexOf("=");
  const path = text.slice(at + 1);
  const isUrl = /^(?:[a-z][a-z0-9+.-]*:)/.test(path);
  return { prefix: at < 0 ? "" : text.slice(0, at), path: isUrl || path.startsWith("/") ? path : `${cwd}/${path}` };
}

/** The entries of `NIX_PATH`: a colon parts them, unless it belongs to a URL. */
function splitNixPath(text: string): string[] {
  return text.split(/:(?!\/\/)/).reduce<string[]>((entries, part) => {
    const before = entries.at(-1);
    if (before !== undefined && /(?:^|=)(?:flake|channel)$/.test(before)) entries[entries.length - 1] += `:${part}`;
    else if (part !== "") entries.push(part);
    return entries;
  }, []);
}

const words = (text: string) => text.split(/\s+/).filter((word) => word !== "");

function boolean(name: string, text: string): boolean {
  if (/^(true|yes|1)$/.test(text)) return true;
  if (/^(false|no|0)$/.test(text)) return false;
  throw refusal(`Boolean setting '${name}' has invalid value '${text}'`);
}

/** How each setting that is known here is read. */
const settings: Readonly<Record<string, (into: CommandSettings, value: string, name: string, system: System) => void>> =
  {
    "experimental-features": (into, value) => (into.features = new Set([...alwaysOn, ...words(value)])),
    "extra-experimental-features": (into, value) => words(value).forEach((word) => into.features.add(word)),
    "pure-eval": (into, value, name) => (into.pure = boolean(name, value)),
    "show-trace": (into, value, name) => (into.showTrace = boolean(name, value)),
    "trace-verbose": (into, value, name) => (into.traceVerbose = boolean(name, value)),
    "warn-dirty": (into, value, name) => (into.warnDirty = boolean(name, value)),
    "accept-flake-config": (into, value, name) => (into.acceptFlakeConfig = boolean(name, value)),
    system: (into, value) => (into.system = value),
    "eval-system": (into, value) => (into.system = value === "" ? into.system : value),
    "nix-path": (into, value, _, { cwd }) => (into.nixPath = words(value).map((entry) => searchPathEntry(entry, cwd))),
    "extra-nix-path": (into, value, _, { cwd }) =>
      into.nixPath.push(...words(value).map((entry) => searchPathEntry(entry, cwd))),
    "max-call-depth": (into, value, name) => {
      if (!/^\d+$/.test(value)) throw refusal(`setting '${name}' has invalid value '${value}'`);
      into.maxCallDepth = Number(value);
    },
  };

/** Settings that concern building, fetching and the store: known, and without effect here. */
const ignored = new Set(
  (
    "accept-flake-config allow-dirty allow-dirty-locks allow-import-from-derivation allowed-uris auto-optimise-store " +
    "build-hook build-users-group builders builders-use-substitutes commit-lock-file-summary connect-timeout cores " +
    "eval-cache eval-cores extra-platforms extra-substituters extra-trusted-public-keys fallback filter-syscalls " +
    "flake-registry keep-derivations keep-failed keep-going keep-outputs lazy-trees log-lines max-jobs " +
    "max-silent-time narinfo-cache-negative-ttl netrc-file post-build-hook require-sigs restrict-eval sandbox " +
    "store substitute substituters tarball-ttl timeout trusted-public-keys trusted-users use-registries " +
    "use-xdg-base-directories"
  ).split(" "),
);

const alwaysOn = ["nix-command", "flakes"];

/** The settings before any flag: from `NIX_CONFIG` and `NIX_PATH`. Flakes and the new commands are always on. */
export function initialSettings(system: System): CommandSettings {
  const into: CommandSettings = {
    features: new Set(alwaysOn),
    pure: undefined,
    showTrace: false,
    maxCallDepth: 10000,
    system: "x86_64-linux",
    traceVerbose: false,
    quiet: false,
    warnDirty: true,
    acceptFlakeConfig: false,
    include: [],
    nixPath: splitNixPath(system.env("NIX_PATH") ?? "").map((entry) => searchPathEntry(entry, system.cwd)),
  };
  for (const line of (system.env("NIX_CONFIG") ?? "").split("\n")) {
    const [name, ...value] = words(line.replace(/#.*$/, ""));
    if (name !== undefined && value[0] === "=") applySetting(into, name, value.slice(1).join(" "), system);
  }
  return into;
}

function applySetting(into: CommandSettings, name: string, value: string, system: System): void {
  const apply = settings[name];
  if (apply !== undefined) apply(into, value, name, system);
  else if (!ignored.has(name)) system.stderr(`warning: unknown setting '${name}'\n`);
}

/** The flags that all commands know. */
export function settingFlags(into: CommandSettings, system: System): Flag[] {
  const nothing = () => {};
  const booleans = ["pure-eval", "show-trace", "trace-verbose", "warn-dirty", "accept-flake-config"];
  const valued = [...Object.keys(settings), ...ignored].filter((name) => !booleans.includes(name));
  return [
    { names: ["--option"], arity: 2, run: (name, value) => applySetting(into, name!, value!, system) },
    ...booleans.flatMap((name): Flag[] => [
      { names: [`--${name}`], run: () => applySetting(into, name, "true", system) },
      { names: [`--no-${name}`], run: () => applySetting(into, name, "false", system) },
    ]),
    ...valued.map((name): Flag => ({
      names: [`--${name}`],
      arity: 1,
      run: (value) => applySetting(into, name, value!, system),
    })),
    ...[...ignored].map((name): Flag => ({ names: [`--no-${name}`], run: nothing })),
    { names: ["--quiet"], run: () => (into.quiet = true) },
    { names: ["--verbose", "-v", "--debug", "--print-build-logs", "-L", "--offline", "--refresh"], run: nothing },
    { names: ["--keep-going", "-k", "--keep-failed", "-K", "--fallback", "--no-build-output", "-Q"], run: nothing },
    { names: ["--log-format"], arity: 1, run: nothing },
    { names: ["-j"], arity: 1, run: nothing },
    { names: ["--repair", "--read-only", "--readonly-mode"], run: nothing },
  ];
}

/** `-I`, `--impure` and the arguments of functions: the flags of all commands that evaluate. */
export function evaluationFlags(into: CommandSettings, autoArgs: AutoArgument[], system: System): Flag[] {
  return [
    { names: ["-I", "--include"], arity: 1, run: (path) => into.include.push(searchPathEntry(path!, system.cwd)) },
    { names: ["--impure"], run: () => (into.pure = false) },
    {
      names: ["--arg"],
      arity: 2,
      run: (name, text) => autoArgs.push({ name: name!, text: text!, kind: "expression" }),
    },
    { names: ["--argstr"], arity: 2, run: (name, text) => autoArgs.push({ name: name!, text: text!, kind: "string" }) },
    {
      names: ["--arg-from-file"],
      arity: 2,
      run: (name, text) => autoArgs.push({ name: name!, text: text!, kind: "file" }),
    },
    { names: ["--arg-from-stdin"], arity: 1, run: (name) => autoArgs.push({ name: name!, text: "", kind: "stdin" }) },
    { names: ["--eval-store"], arity: 1, run: () => {} },
  ];
}

/** A value for a parameter of the functions that a command meets. */
export interface AutoArgument {
  readonly name: string;
  readonly text: string;
  readonly kind: "expression" | "string" | "file" | "stdin";
}

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

/** The other settings that Nix 2.34 knows (`nix config show`): building, fetching, the store. Without effect here. */
const ignored = new Set(
  (
    "abort-on-warn access-tokens allow-dirty allow-dirty-locks allow-import-from-derivation allow-new-privileges " +
    "allow-symlinked-store allow-unsafe-native-code-during-evaluation allowed-impure-host-deps allowed-uris " +
    "allowed-users always-allow-substitutes auto-allocate-uids auto-optimise-store bash-prompt bash-prompt-prefix " +
    "bash-prompt-suffix build-dir build-hook build-poll-interval build-users-group builders " +
    "builders-use-substitutes commit-lock-file-summary compress-build-log connect-timeout cores debugger-on-trace " +
    "debugger-on-warn diff-hook download-attempts download-buffer-size download-speed " +
    "eval-attrset-update-layer-rhs-threshold eval-cache eval-cores eval-profile-file eval-profiler " +
    "eval-profiler-frequency external-builders extra-allowed-impure-host-deps extra-allowed-uris " +
    "extra-allowed-users extra-build-hook extra-external-builders extra-extra-platforms extra-hashed-mirrors " +
    "extra-ignored-acls extra-platforms extra-plugin-files extra-secret-key-files extra-substituters " +
    "extra-system-features extra-trusted-public-keys extra-trusted-substituters extra-trusted-users fallback " +
    "filter-syscalls flake-registry fsync-metadata fsync-store-paths gc-reserved-space hashed-mirrors " +
    "http-connections http2 id-count ignore-try ignored-acls impersonate-linux-26 impure-env json-log-path " +
    "keep-build-log keep-derivations keep-env-derivations keep-failed keep-going keep-outputs lazy-trees " +
    "lint-absolute-path-literals lint-short-path-literals lint-url-literals log-lines max-build-log-size max-free " +
    "max-jobs max-silent-time max-substitution-jobs min-free min-free-check-interval nar-buffer-size " +
    "narinfo-cache-meta-ttl narinfo-cache-negative-ttl narinfo-cache-positive-ttl netrc-file " +
    "nix-shell-always-looks-for-shell-nix nix-shell-shebang-arguments-relative-to-script plugin-files " +
    "post-build-hook pre-build-hook preallocate-contents print-missing require-drop-supplementary-groups " +
    "require-sigs restrict-eval run-diff-hook sandbox sandbox-build-dir sandbox-dev-shm-size sandbox-fallback " +
    "sandbox-paths secret-key-files ssl-cert-file stalled-download-timeout start-id store substitute substituters " +
    "sync-before-registering system-features tarball-ttl timeout trace-function-calls " +
    "trace-import-from-derivation trust-tarballs-from-git-forges trusted-public-keys trusted-substituters " +
    "trusted-users upgrade-nix-store-path-url use-case-hack use-cgroups use-registries use-sqlite-wal " +
    "use-xdg-base-directories user-agent-suffix warn-large-path-threshold warn-short-path-literals"
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

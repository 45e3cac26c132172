import {
  Attrs,
  flakeRefToString,
  force,
  formatTime,
  isLocked,
  isNode,
  printAttributes,
  printLock,
  sortedInputs,
  type InputAttributes,
  type LockedFlake,
  type LockNode,
  type Value,
} from "#nix";
import { checkOutputs, showOutputs } from "#nix/commands";
import { CommandContext, indentJson } from "./context.ts";
import { fingerprintOf } from "./fingerprint.ts";
import { valueOf } from "./evaluation.ts";
import { flakeArgument } from "./flake-reference.ts";

const bold = (text: string) => `\x1b[1m${text}\x1b[0m`;

/** The locked flake that a command's only argument names; the current folder where there is none. */
function lockedFlake(context: CommandContext, text = "."): LockedFlake {
  return valueOf(
    context.evaluation.run(() => {
      const { attributes, fragment } = flakeArgument(text, context.system);
      if (fragment !== "") context.warn(`ignoring fragment '${fragment}'`);
      return context.lock(attributes);
    }),
  );
}

function outputsOf(context: CommandContext, flake: LockedFlake): Value {
  const value = context.call(flake);
  return value instanceof Attrs ? force(value.get("outputs")!) : value;
}

/** `nix flake show`. @throws NixError */
export function flakeShow(args: readonly string[], context: CommandContext): void {
  const { system, settings } = context;
  const flags = { json: false, allSystems: false, legacy: false };
  const [text] = context.parse(
    args,
    [
      { names: ["--json"], run: () => (flags.json = true) },
      { names: ["--all-systems"], run: () => (flags.allSystems = true) },
      { names: ["--legacy"], run: () => (flags.legacy = true) },
    ],
    1,
  );
  const flake = lockedFlake(context, text);
  const json = context.evaluation.run(() =>
    showOutputs(outputsOf(context, flake), flakeRefToString(flake.locked), {
      ...flags,
      system: settings.system,
      visiting: (path) => context.doing(`evaluating '${path}'...`),
      warn: (message) => context.warn(message),
      ...(flags.json ? {} : { line: (line: string) => system.stdout(`${line}\n`) }),
    }),
  );
  if (flags.json) printJson(valueOf(json), context);
  else valueOf(json);
}

function printJson(json: string, { system }: CommandContext): void {
  system.stdout(`${system.terminal === true ? indentJson(json) : json}\n`);
}

/** `nix flake check`: what can be checked without building. @throws NixError */
export function flakeCheck(args: readonly string[], context: CommandContext): void {
  const { settings, system } = context;
  const flags = { build: true, allSystems: false };
  const [text] = context.parse(
    args,
    [
      { names: ["--no-build"], run: () => (flags.build = false) },
      { names: ["--all-systems"], run: () => (flags.allSystems = true) },
      { names: ["--out-link", "-o"], arity: 1, run: () => {} },
    ],
    1,
  );
  const flake = lockedFlake(context, text);
  const { omitted, toBuild } = valueOf(
    context.evaluation.run(() => {
      const outputs = outputsOf(context, flake);
      return checkOutputs(outputs instanceof Attrs ? outputs : Attrs.empty, {
        system: settings.system,
        allSystems: flags.allSystems,
        doing: (line) => context.doing(line),
        warn: (message) => context.warn(message),
      });
    }),
  );
  const unbuilt = flags.build ? toBuild.length : 0;
  if (unbuilt === 0 && !settings.quiet) system.stderr("all checks passed!\n");
  if (omitted.length > 0)
    context.warn(
      `The check omitted these incompatible systems: ${omitted.join(", ")}\nUse '--all-systems' to check all.`,
    );
  if (unbuilt > 0)
    system.stderr(
      `${unbuilt} check(s) were evaluated, not built: that needs Nix itself. Run locally: nix flake check\n`,
    );
}

/** `nix flake metadata`. @throws NixError */
export function flakeMetadata(args: readonly string[], context: CommandContext): void {
  let json = false;
  const [text] = context.parse(args, [{ names: ["--json"], run: () => (json = true) }], 1);
  const flake = lockedFlake(context, text);
  if (json) printJson(metadataJson(flake), context);
  else for (const line of metadataLines(flake)) context.system.stdout(`${line}\n`);
}

function ownFacts({ locked }: LockedFlake) {
  const text = (name: string) => {
    const value = locked.get(name);
    return value === undefined ? undefined : String(value);
  };
  return { rev: text("rev"), dirtyRev: text("dirtyRev"), revCount: text("revCount"), modified: text("lastModified") };
}

function metadataJson(flake: LockedFlake): string {
  const { original, locked, definition, storePath, lock } = flake;
  const quoted = (value: string | undefined) => (value === undefined ? undefined : jsonString(value));
  const { rev, dirtyRev, revCount, modified } = ownFacts(flake);
  const members: [string, string | undefined][] = [
    ["description", quoted(definition.description)],
    ["dirtyRevision", quoted(dirtyRev)],
    ["fingerprint", quoted(fingerprintOf(flake))],
    ["lastModified", modified],
    ["locked", withFinal(locked)],
    ["locks", printLock(lock).json],
    ["original", printAttributes(original)],
    ["originalUrl", quoted(flakeRefToString(original))],
    ["path", quoted(storePath)],
    ["resolved", printAttributes(original)],
    ["resolvedUrl", quoted(flakeRefToString(original))],
    ["revCount", revCount],
    ["revision", quoted(rev)],
    ["url", quoted(flakeRefToString(locked))],
  ];
  const shown = members.filter(([, value]) => value !== undefined);
  return `{${shown.map(([name, value]) => `"${name}":${value}`).join(",")}}`;
}

/** Nix marks what it locked itself. */
function withFinal(locked: InputAttributes): string {
  return printAttributes(locked).replace(/^\{/, '{"__final":true,');
}

const jsonString = (text: string) => printAttributes(new Map([["x", text]])).slice('{"x":'.length, -1);

function metadataLines(flake: LockedFlake): string[] {
  const { original, locked, definition, storePath, lock } = flake;
  const { rev, dirtyRev, revCount, modified } = ownFacts(flake);
  const lines = [`${bold("Resolved URL:")}  ${flakeRefToString(original)}`];
  if (isLocked(locked)) lines.push(`${bold("Locked URL:")}    ${flakeRefToString(locked)}`);
  if (definition.description !== undefined) lines.push(`${bold("Description:")}   ${definition.description}`);
  lines.push(`${bold("Path:")}          ${storePath}`);
  if (rev !== undefined) lines.push(`${bold("Revision:")}      ${rev}`);
  if (dirtyRev !== undefined) lines.push(`${bold("Revision:")}      ${dirtyRev}`);
  if (revCount !== undefined) lines.push(`${bold("Revisions:")}     ${revCount}`);
  if (modified !== undefined) lines.push(`${bold("Last modified:")} ${formatTime(Number(modified))}`);
  const fingerprint = fingerprintOf(flake);
  if (fingerprint !== undefined) lines.push(`${bold("Fingerprint:")}   ${fingerprint}`);
  if (lock.inputs.size > 0) lines.push(bold("Inputs:"));
  inputLines(lock, "", new Set([lock]), lines);
  return lines;
}

const branches = { branch: "├───", last: "└───", line: "│   " } as const;
/** Box drawing as bytes. */
const drawn = (name: keyof typeof branches) =>
  branches[name].replace(/[^ ]/g, (character) => {
    const code = character.codePointAt(0)!;
    return String.fromCharCode(0xe0 | (code >> 12), 0x80 | ((code >> 6) & 0x3f), 0x80 | (code & 0x3f));
  });

function inputLines(node: LockNode, margin: string, visited: Set<LockNode>, lines: string[]): void {
  const inputs = sortedInputs(node);
  inputs.forEach(([name, edge], index) => {
    const isLast = index === inputs.length - 1;
    const head = `${margin}${drawn(isLast ? "last" : "branch")}${bold(name)}`;
    if (!isNode(edge)) {
      lines.push(`${head} follows input '${edge.join("/")}'`);
      return;
    }
    const modified = edge.locked!.get("lastModified");
    lines.push(
      `${head}: ${flakeRefToString(edge.locked!)}${modified === undefined ? "" : ` (${formatTime(Number(modified))})`}`,
    );
    if (visited.has(edge)) return;
    visited.add(edge);
    inputLines(edge, margin + (isLast ? "    " : drawn("line")), visited, lines);
  });
}

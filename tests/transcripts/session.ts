/** Runs the terminal blocks of one lesson in one shell, in a scratch home, and gives what each command printed. */
import { spawnSync } from "node:child_process";
import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { nixEnvironment } from "../support/nix-run.ts";
import { provideDirenv } from "../support/provide-direnv.ts";
import type { Nix } from "../support/provide-nix.ts";
import { mask, withoutLockNotice, type CommandResult } from "./compare.ts";
import { root, type Block, type LessonTranscript } from "./lessons.ts";

/** Commands that build, and so need a writable `/nix`. */
const builds = /\bnix (develop|run|build|shell|print-dev-env|fmt)\b|\bdirenv\b/;

/**
 * What a reader's terminal has besides Nix, where this machine has it. No more: a lesson's `python3: command not found`
 * must not depend on the machine.
 */
const tools = (
  "awk basename bash cat chmod cmp cp cut date diff dirname echo env expr false find git grep gzip head hostname id install " +
  "ln ls mkdir mktemp mv nproc od printenv printf pwd readlink realpath rm rmdir sed seq sh sha256sum sleep sort stat " +
  "tail tar tee test touch tr tree true tty uname uniq wc which whoami xargs"
).split(" ");

/** How a private, writable `/nix` can be had here; undefined where it cannot. Tried once. */
const namespace: string[] | undefined = [
  ["unshare", "--mount"],
  ["unshare", "--map-root-user", "--mount"],
].find(([program = "", ...args]) => {
  if (!existsSync("/nix") && process.getuid?.() === 0) mkdirSync("/nix");
  return existsSync("/nix") && spawnSync(program, [...args, "mount", "--bind", tmpdir(), "/nix"]).status === 0;
});

/** Why a block cannot run on this machine; undefined where it can. */
export function cannotRun(nix: Nix, block: Block): string | undefined {
  const text = block.commands.map(({ command }) => command).join("\n");
  if (/\bdirenv\b/.test(text) && provideDirenv() === undefined) return "not run here: no direnv";
  if (builds.test(text) && !hasOwnNix(nix)) return "not run here: no writable /nix";
  return undefined;
}

/** Whether the session sees a `/nix` of its own. Not where the Nix itself lives in the `/nix` that this would hide. */
const hasOwnNix = (nix: Nix) =>
  namespace !== undefined && !realpathSync(join(nix.bin, "nix")).startsWith("/nix/") && !nix.bin.startsWith("/nix/");

/**
 * Runs `blocks` in order and gives, for each, its commands' results. The scratch folder is removed.
 * @throws Error where the shell itself ends before the last command.
 */
export function runSession(nix: Nix, lesson: LessonTranscript, blocks: Block[]): CommandResult[][] {
  const scratch = realpathSync(mkdtempSync(join(tmpdir(), "transcript-")));
  try {
    const home = join(scratch, "home/you");
    const results = join(scratch, "results");
    for (const folder of [home, results, join(scratch, "nix"), join(scratch, "bin")])
      mkdirSync(folder, { recursive: true });
    fillBin(nix, join(scratch, "bin"));
    writeFileSync(join(scratch, "script"), script(lesson, blocks, scratch, home));
    const shell = ["bash", "--noprofile", "--norc", join(scratch, "script")];
    const bind = `mount --bind '${join(scratch, "nix")}' /nix && exec "$0" "$@"`;
    const own = hasOwnNix(nix);
    const [program = "", ...args] = own ? [...(namespace ?? []), "sh", "-c", bind, "env", ...shell] : ["env", ...shell];
    // `env` sets the session's PATH last: `unshare` and `mount` are not the reader's.
    args.splice(args.indexOf("env") + 1, 0, `PATH=${join(scratch, "bin")}`);
    const run = spawnSync(program, args, {
      cwd: home,
      env: environment(nix, scratch, home, own),
      encoding: "utf8",
      stdio: ["ignore", "pipe", "pipe"],
      timeout: 300_000,
    });
    if (run.error) throw run.error;
    return blocks.map((block, i) =>
      block.commands.map((_, j) => {
        const file = join(results, `${i}-${j}`);
        if (!existsSync(`${file}.status`)) throw new Error(`the session of ${lesson.file} ended early: ${run.stderr}`);
        const status = Number(readFileSync(`${file}.status`, "utf8"));
        const text = readFileSync(file, "utf8").replaceAll(/^\S*\/command-\d+-\d+: line \d+: /gm, "bash: ");
        const lines = mask(text, home).replace(/\n$/, "").split("\n");
        const output = block.meta.inputs === "real" ? lines : withoutLockNotice(lines);
        return { output: output.length === 1 && output[0] === "" ? [] : output, status };
      }),
    );
  } finally {
    rmSync(scratch, { recursive: true, force: true, maxRetries: 3 });
  }
}

function environment(nix: Nix, scratch: string, home: string, own: boolean): NodeJS.ProcessEnv {
  const { NIX_CONFIG = "", ...env } = nixEnvironment(nix, join(scratch, "state"));
  // Flakes are turned on as the reader does it, in ~/.config/nix/nix.conf; 'enter' adds what needs flakes.
  const config = NIX_CONFIG.split("\n").filter((line) => !/^(experimental-features|flake-registry)\b/.test(line));
  return {
    ...env,
    PATH: process.env["PATH"],
    HOME: home,
    USER: "you",
    LOGNAME: "you",
    SHELL: "/bin/bash",
    NIX_CONFIG: config.filter((line) => !(own && line.startsWith("store ="))).join("\n"),
    REAL_NIX: join(nix.bin, "nix"),
    GIT_CONFIG_GLOBAL: join(home, ".gitconfig"),
    GIT_AUTHOR_DATE: "2026-11-24T12:00:00Z",
    GIT_COMMITTER_DATE: "2026-11-24T12:00:00Z",
    TERM: "dumb",
  };
}

/** The session's only folder of programs: the reader's tools, and `nix` that adds the stand-ins to what is typed. */
function fillBin(nix: Nix, bin: string): void {
  const path = (process.env["PATH"] ?? "").split(delimiter);
  for (const tool of tools) {
    const found = [...path, "/usr/bin", "/bin"].map((folder) => join(folder, tool)).find((file) => existsSync(file));
    if (found !== undefined) symlinkSync(found, join(bin, tool));
  }
  const direnv = provideDirenv();
  if (direnv !== undefined) symlinkSync(join(direnv, "direnv"), join(bin, "direnv"));
  for (const program of ["nix-instantiate", "nix-store", "nix-build", "nix-shell", "nix-hash"])
    if (existsSync(join(nix.bin, program))) symlinkSync(join(nix.bin, program), join(bin, program));
  const shim = join(import.meta.dirname, "nix-shim.ts");
  writeFileSync(join(bin, "nix"), `#!/bin/sh\nexec '${process.execPath}' '${shim}' "$@"\n`);
  chmodSync(join(bin, "nix"), 0o755);
}

function script(lesson: LessonTranscript, blocks: Block[], scratch: string, home: string): string {
  const gitConfig = "[user]\n\tname = You\n\temail = you@example.org\n[init]\n\tdefaultBranch = main\n";
  writeFileSync(join(home, ".gitconfig"), gitConfig);
  // An interactive shell runs PROMPT_COMMAND after each command: that is how direnv's hook gets its turn.
  const lines = [
    'nix_config="$NIX_CONFIG"',
    `prompt() { local each; for each in "\${PROMPT_COMMAND[@]}"; do eval "$each"; done; }`,
  ];
  let folder = 0;
  for (const [i, block] of blocks.entries()) {
    const start = block.meta.in ?? (i === 0 ? (lesson.example ?? "empty") : undefined);
    if (start !== undefined) lines.push(...enter(start, scratch, home, folder++));
    lines.push(`export TRANSCRIPT_INPUTS=${block.meta.inputs}`);
    for (const [j, { command }] of block.commands.entries()) {
      const result = join(scratch, "results", `${i}-${j}`);
      const source = join(scratch, `command-${i}-${j}`);
      writeFileSync(source, `${command}\n`);
      lines.push(
        `{ . '${source}'; status=$?; prompt; } >'${result}' 2>&1 </dev/null; echo $status >'${result}.status'`,
      );
    }
  }
  return `${lines.join("\n")}\n`;
}

/**
 * Makes `~/contacts` anew: an empty repository, or a committed copy of an example. The one before it is moved away.
 * `new-machine` is `empty` where nobody has turned flakes on yet.
 */
function enter(start: string, scratch: string, home: string, count: number): string[] {
  const contacts = join(home, "contacts");
  const lines = [
    `cd '${home}'`,
    `[ ! -e contacts ] || mv contacts '${join(scratch, `old-${count}`)}'`,
    `rm -rf .config/nix; NIX_CONFIG="$nix_config"`,
  ];
  if (start !== "new-machine")
    lines.push(
      `mkdir -p .config/nix; echo 'experimental-features = nix-command flakes' >.config/nix/nix.conf`,
      `NIX_CONFIG+=$'\\nflake-registry ='`,
    );
  if (start === "empty" || start === "new-machine") return [...lines, `git init -q contacts && cd contacts`];
  const example = join(root, "examples", start);
  if (!existsSync(join(example, "flake.nix"))) throw new Error(`there is no example '${start}'`);
  const copy = join(scratch, `example-${count}`);
  cpSync(example, copy, { recursive: true });
  return [
    ...lines,
    `mv '${copy}' '${contacts}' && cd contacts && git init -q && git add -A && git commit -q -m 'Start'`,
  ];
}

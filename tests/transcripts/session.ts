/** Runs the terminal blocks of one lesson in one shell, in a scratch home, and gives what each command printed. */
import { spawnSync } from "node:child_process";
import { chmodSync, cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, dirname, join } from "node:path";
import { provideDirenv } from "../support/provide-direnv.ts";
import { nixEnvironment } from "../support/nix-run.ts";
import type { Nix } from "../support/provide-nix.ts";
import { mask } from "./compare.ts";
import { root, type Block, type LessonTranscript } from "./lessons.ts";

/** What one command gave, with home folder, store hashes and times masked. */
export interface CommandResult {
  output: string[];
  status: number;
}

/** Commands that build, and so need a writable `/nix`. */
const builds = /\bnix (develop|run|build|shell|print-dev-env)\b|\bdirenv\b/;

/** How a private, writable `/nix` can be had here; undefined where it cannot. Tried once. */
const namespace: string[] | undefined = [
  ["unshare", "--mount"],
  ["unshare", "--map-root-user", "--mount"],
].find(([program = "", ...args]) => {
  if (!existsSync("/nix") && process.getuid?.() === 0) mkdirSync("/nix");
  return existsSync("/nix") && spawnSync(program, [...args, "mount", "--bind", tmpdir(), "/nix"]).status === 0;
});

/** Why a block cannot run on this machine; undefined where it can. */
export function cannotRun(block: Block): string | undefined {
  const text = block.commands.map(({ command }) => command).join("\n");
  if (/\bdirenv\b/.test(text) && provideDirenv() === undefined) return "no direnv here";
  if (builds.test(text) && namespace === undefined) return "no writable /nix here";
  return undefined;
}

/** Runs `blocks` in order and gives, for each, its commands' results. The scratch folder is removed. */
export function runSession(nix: Nix, lesson: LessonTranscript, blocks: Block[]): CommandResult[][] {
  const scratch = mkdtempSync(join(tmpdir(), "transcript-"));
  try {
    const home = join(scratch, "home/you");
    const results = join(scratch, "results");
    for (const folder of [home, results, join(scratch, "nix"), join(scratch, "bin")])
      mkdirSync(folder, { recursive: true });
    writeShim(join(scratch, "bin/nix"));
    writeFileSync(join(scratch, "script"), script(lesson, blocks, scratch, home));
    const shell = ["bash", "--noprofile", "--norc", join(scratch, "script")];
    const bind = `mount --bind '${join(scratch, "nix")}' /nix && exec "$0" "$@"`;
    const [program = "", ...args] = namespace ? [...namespace, "sh", "-c", bind, ...shell] : shell;
    const run = spawnSync(program, args, {
      env: environment(nix, scratch, home),
      encoding: "utf8",
      stdio: ["ignore", "pipe", "pipe"],
    });
    if (run.error) throw run.error;
    return blocks.map((block, i) =>
      block.commands.map((_, j) => {
        const file = join(results, `${i}-${j}`);
        if (!existsSync(`${file}.status`)) throw new Error(`the session of ${lesson.file} ended early: ${run.stderr}`);
        const output = mask(readFileSync(file, "utf8"), home).replace(/\n$/, "");
        return {
          output: output === "" ? [] : output.split("\n"),
          status: Number(readFileSync(`${file}.status`, "utf8")),
        };
      }),
    );
  } finally {
    rmSync(scratch, { recursive: true, force: true, maxRetries: 3 });
  }
}

function environment(nix: Nix, scratch: string, home: string): NodeJS.ProcessEnv {
  const env = nixEnvironment(nix, join(scratch, "state"));
  const direnv = provideDirenv();
  const path = [join(scratch, "bin"), nix.bin, ...(direnv === undefined ? [] : [direnv]), env["PATH"] ?? ""];
  const config = (env["NIX_CONFIG"] ?? "").split("\n").filter((line) => !(namespace && line.startsWith("store =")));
  return {
    ...env,
    HOME: home,
    USER: "you",
    SHELL: "/bin/bash",
    PATH: path.join(delimiter),
    NIX_CONFIG: config.join("\n"),
    REAL_NIX: join(nix.bin, "nix"),
    GIT_CONFIG_GLOBAL: join(home, ".gitconfig"),
    GIT_CONFIG_NOSYSTEM: "1",
    GIT_AUTHOR_DATE: "2026-11-24T12:00:00Z",
    GIT_COMMITTER_DATE: "2026-11-24T12:00:00Z",
    LC_ALL: "C.UTF-8",
    TERM: "dumb",
  };
}

/** `nix` on the session's PATH: adds the stand-ins to the command that the reader types. */
function writeShim(file: string): void {
  writeFileSync(file, `#!/bin/sh\nexec '${process.execPath}' '${join(import.meta.dirname, "nix-shim.ts")}' "$@"\n`);
  chmodSync(file, 0o755);
}

function script(lesson: LessonTranscript, blocks: Block[], scratch: string, home: string): string {
  const lines = [
    "git config --global user.name You; git config --global user.email you@example.org",
    "git config --global init.defaultBranch main; git config --global advice.addEmbeddedRepo false",
    `cd '${home}'`,
  ];
  let folder = 0;
  for (const [i, block] of blocks.entries()) {
    const start = block.meta.in ?? (i === 0 ? (lesson.example ?? "empty") : undefined);
    if (start !== undefined) lines.push(...enter(start, home, folder++));
    lines.push(`export TRANSCRIPT_INPUTS=${block.meta.inputs}`);
    for (const [j, { command }] of block.commands.entries()) {
      const result = join(scratch, "results", `${i}-${j}`);
      const source = join(scratch, `command-${i}-${j}`);
      writeFileSync(source, `${command}\n`);
      lines.push(`. '${source}' >'${result}' 2>&1 </dev/null; echo $? >'${result}.status'`);
    }
  }
  return `${lines.join("\n")}\n`;
}

/** Makes `~/contacts` anew: an empty repository, or a committed copy of an example. The one before it is moved away. */
function enter(start: string, home: string, count: number): string[] {
  const contacts = join(home, "contacts");
  const lines = [`cd '${home}'`, `[ ! -e contacts ] || mv contacts '../old-${count}'`];
  if (start === "empty") return [...lines, `git init -q contacts && cd contacts`];
  const example = join(root, "examples", start);
  if (!existsSync(join(example, "flake.nix"))) throw new Error(`there is no example '${start}'`);
  const copy = join(dirname(home), `example-${count}`);
  cpSync(example, copy, { recursive: true });
  return [
    ...lines,
    `mv '${copy}' '${contacts}' && cd contacts && git init -q && git add -A && git commit -q -m 'Start'`,
  ];
}

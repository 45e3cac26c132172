/** Asks a real Nix many questions in one process, and says for each what came: a value or the message of an error. */
import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { decodeUtf8 } from "../../src/nix/text/bytes.ts";
import { Failure } from "../../src/nix/text/failure.ts";
import { provideNix } from "../support/provide-nix.ts";

/** What an expression gave: its value through `builtins.toJSON`, or the innermost message without the word `error:`. */
export type Answer = { readonly value: unknown } | { readonly error: string };

/** The Nix that is asked. */
export const nix = provideNix();

/** The option of a test that compares with what Nix 2.34 answers: another version words and knows other things. */
export const onRecordedNix = { skip: nix.recorded ? false : `compares with Nix 2.34, and this is ${nix.version}` };

const features = "nix-command flakes ca-derivations impure-derivations dynamic-derivations blake3-hashes";

/** The environment of a Nix that keeps everything in `state` and reads nothing of the user. */
export function nixEnvironment(state: string, extraFeatures = ""): NodeJS.ProcessEnv {
  mkdirSync(join(state, "home"), { recursive: true });
  return {
    ...Object.fromEntries(Object.entries(process.env).filter(([name]) => !/^(NIX_|XDG_|GIT_)/.test(name))),
    HOME: join(state, "home"),
    XDG_CACHE_HOME: join(state, "cache"),
    NIX_CONFIG: [
      `experimental-features = ${features} ${extraFeatures}`,
      `store = ${join(state, "store")}`,
      "build-users-group =",
      "substituters =",
      "sandbox = false",
      "flake-registry =",
    ].join("\n"),
    NO_COLOR: "1",
    LC_ALL: "C.UTF-8",
  };
}

/** A folder for one test, removed when `use` has run. */
export function inFolder<Result>(use: (folder: string) => Result): Result {
  const folder = mkdtempSync(join(tmpdir(), "nix-libraries-"));
  try {
    return use(folder);
  } finally {
    spawnSync("chmod", ["-R", "u+w", folder]);
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Evaluates one expression to JSON, with a store when it needs one. @throws Error with what Nix said when it refuses. */
export function evaluateJson(expression: string, mode: "--readonly-mode" | "--read-write-mode"): unknown {
  return inFolder((state) => {
    const file = join(state, "expression.nix");
    writeFileSync(file, Buffer.from(expression, "latin1"));
    const run = spawnSync(join(nix.bin, "nix-instantiate"), ["--eval", "--strict", "--json", mode, file], {
      env: nixEnvironment(state),
      encoding: "utf8",
      maxBuffer: 1 << 28,
    });
    if (run.status !== 0) throw new Error(run.stderr);
    return JSON.parse(run.stdout);
  });
}

/** An expression as a byte string that parses, and whether we take it for one that Nix refuses. */
export interface Question {
  readonly expression: string;
  readonly refused: boolean;
}

/**
 * What real Nix answers to each question. Those that we answer with a value are evaluated all at once; the others, and
 * all of them when that fails, one by one in a `nix repl`, where an error costs nothing but its own answer.
 */
export function ask(questions: readonly Question[], extraFeatures = ""): Answer[] {
  const values = questions.filter(({ refused }) => !refused);
  const together = inFolder((state) => evaluateTogether(values, state, extraFeatures));
  if (!together) return askOneByOne(questions, extraFeatures);
  const others = askOneByOne(
    questions.filter(({ refused }) => refused),
    extraFeatures,
  );
  return questions.map(({ refused }) => (refused ? others.shift()! : { value: together.shift() }));
}

/** How an answer begins where Nix found none. */
export const crashed = "Nix crashed";

function evaluateTogether(questions: readonly Question[], state: string, features: string): unknown[] | undefined {
  const file = join(state, "questions.nix");
  const list = questions.map(({ expression }) => `\n(${expression})`).join("");
  writeFileSync(file, Buffer.from(`[${list}\n]`, "latin1"));
  const { status, stdout } = spawnSync(join(nix.bin, "nix-instantiate"), ["--eval", "--strict", "--json", file], {
    env: nixEnvironment(state, features),
    encoding: "utf8",
    maxBuffer: 1 << 28,
  });
  return status === 0 ? (JSON.parse(stdout) as unknown[]) : undefined;
}

function askOneByOne(questions: readonly Question[], extraFeatures: string): Answer[] {
  return inFolder((state) => {
    const file = join(state, "questions.nix");
    const list = `[${questions.map(({ expression }) => `\n(_: ${expression})`).join("")}\n]`;
    writeFileSync(file, Buffer.from(list, "latin1"));
    const lines = questions.map(
      (_, index) =>
        `builtins.trace "@@${index}" null\n` +
        `let r = builtins.toJSON (builtins.elemAt questions ${index} null); ` +
        `in builtins.seq r (builtins.trace "@=\${r}" null)\n`,
    );
    const run = spawnSync(join(nix.bin, "nix"), ["repl"], {
      env: nixEnvironment(state, extraFeatures),
      input: [`questions = import ${file}\n`, ...lines].join(""),
      encoding: "utf8",
      maxBuffer: 1 << 28,
    });
    const parts = run.stderr.split(/^trace: @@\d+\n/m).slice(1);
    // Nix itself crashes on some: that is its answer, and the others are asked again.
    if (parts.length < questions.length && run.stderr.includes("Nix crashed. This is a bug.")) {
      const answer: Answer = { error: `${crashed} on ${questions[parts.length - 1]!.expression}` };
      return [
        ...parts.slice(0, -1).map(readAnswer),
        answer,
        ...askOneByOne(questions.slice(parts.length), extraFeatures),
      ];
    }
    if (parts.length !== questions.length)
      throw new Error(`${parts.length} answers to ${questions.length} questions:\n${run.stderr.slice(-2000)}`);
    return parts.map(readAnswer);
  });
}

function readAnswer(output: string): Answer {
  const value = /^trace: @=(.*)$/ms.exec(output)?.[1];
  if (value !== undefined) return { value: JSON.parse(value) };
  const at = output.lastIndexOf("error:");
  if (at < 0) throw new Error(`no answer in: ${output}`);
  return {
    error: output
      .slice(at + "error:".length)
      .trim()
      .replace(/\n {7}/g, "\n"),
  };
}

/** A byte string as a Nix string literal. */
export function literal(text: string): string {
  const escapes: Readonly<Record<string, string>> = { "\n": "\\n", "\r": "\\r", "\t": "\\t" };
  return `"${text.replace(/["\\$\n\r\t]/g, (character) => escapes[character] ?? `\\${character}`)}"`;
}

/** Our answer as JSON would carry it: byte strings as text. */
export function ours(run: () => unknown): Answer {
  try {
    return { value: toText(run()) };
  } catch (error) {
    if (error instanceof Failure) return { error: decodeUtf8(error.message) };
    throw error;
  }
}

function toText(value: unknown): unknown {
  if (typeof value === "string") return decodeUtf8(value);
  if (Array.isArray(value)) return value.map(toText);
  if (value === null || typeof value !== "object") return value;
  return Object.fromEntries(Object.entries(value).map(([name, member]) => [decodeUtf8(name), toText(member)]));
}

/** The characters of a text without surrogates, one each. */
export function characters(text: string): string[] {
  return text.split("");
}

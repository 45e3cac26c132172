/** What the page and its worker say to each other. All texts are ordinary JavaScript texts. */
import type { ErrorKind } from "#nix";

/** A flake as a page holds it. */
export interface FlakeFiles {
  /** Contents by path, relative to the repository: `flake.nix`, `contacts/server.py`. */
  readonly files: Readonly<Record<string, string | Uint8Array>>;
  /** The paths that Git tracks; a flake sees no others. All of them where it is left out. */
  readonly tracked?: readonly string[];
  /** Where in the repository the `flake.nix` stands; its root where it is left out. */
  readonly folder?: string;
  /** The repository's place, as commands and messages name it. */
  readonly root?: string;
  /** The environment that an impure evaluation sees (`--impure`), such as `PWD`; pure where it is left out. */
  readonly impure?: Readonly<Record<string, string>>;
  /** The platform that is looked at first, such as `aarch64-darwin`. */
  readonly system?: string;
  /** What inputs can be locked to when the lock file does not name them. */
  readonly recorded?: readonly RecordedInput[];
}

/** A node of a `flake.lock`: what was asked for, and the revision that was recorded for it. */
export interface RecordedInput {
  readonly original: Readonly<Record<string, string | number | boolean>>;
  readonly locked: Readonly<Record<string, string | number | boolean>>;
}

/** A place in a text. Lines and columns count from 1; columns and lengths are in UTF-16 units, as editors count. */
export interface Place {
  /** Whose text it is: the flake's, an input's, a text that was asked for, or one inside the evaluator. */
  readonly of: "flake" | "input" | "expression" | "internal";
  /** The input as a flake reference, without its hash. */
  readonly input?: string;
  /** The path in the flake's repository or in the input. */
  readonly file: string;
  readonly line: number;
  readonly column: number;
  /** How much to underline. */
  readonly length: number;
}

/** What went wrong, in Nix's words. */
export interface Failure {
  readonly kind: ErrorKind;
  readonly message: string;
  /** All that Nix prints, several lines. */
  readonly text: string;
  readonly place?: Place;
  /** The way to the error, innermost first. */
  readonly trace: readonly { readonly text: string; readonly place?: Place }[];
  /** Names that may have been meant. */
  readonly suggestions: readonly string[];
}

/** What an output is. `unread`: nobody has looked yet, because its neighbours are too many. */
export type OutputKind =
  | "set"
  | "package"
  | "development environment"
  | "derivation"
  | "app"
  | "template"
  | "overlay"
  | "module"
  | "configuration"
  | "function"
  | "list"
  | "value"
  | "unread"
  | "error";

/** One attribute of a flake's outputs. */
export interface OutputNode {
  readonly attribute: string;
  /** The attributes that lead to it, itself included. */
  readonly path: readonly string[];
  readonly kind: OutputKind;
  /** A derivation's name, the same without the version, and the version. */
  readonly name?: string;
  readonly pname?: string;
  readonly version?: string;
  readonly description?: string;
  /** A short value, printed. */
  readonly value?: string;
  /** Where the flake defines it. */
  readonly place?: Place;
  readonly failure?: Failure;
  /** Whether there is more to read: see `FlakeHandle.read`. */
  readonly opens: boolean;
  /** What is in it, where that was read already. */
  readonly children?: readonly OutputNode[];
}

/** What an evaluation found out about a flake. */
export interface FlakeOutputs {
  readonly description?: string;
  /** The outputs as `nix flake show` lists them. */
  readonly outputs: readonly OutputNode[];
  /** Without inputs, nothing stands in for anything. */
  readonly hasInputs: boolean;
  readonly lock: LockState;
  /** Lines of `warning:` and `trace:`. */
  readonly log: readonly string[];
}

/** Whether `flake.lock` says what `flake.nix` asks for. */
export interface LockState {
  readonly inStep: boolean;
  /** Where it does not: what Nix answers with `--no-update-lock-file`, what would change, and the file as Nix would write it. */
  readonly refusal?: string;
  /** The inputs that are not to be had here; then nobody knows what Nix would write. */
  readonly missing?: readonly string[];
  readonly difference?: string;
  readonly text?: string;
}

/** A derivation's name, the same without the version, and the version. */
export interface PackageName {
  readonly name: string;
  readonly pname: string;
  readonly version?: string;
}

/** A shell or another derivation from inside. */
export interface DerivationFacts extends PackageName {
  readonly drvPath: string;
  readonly outPath: string;
  readonly system: string;
  readonly builder: string;
  /** The derivations that it is built with. */
  readonly inputs: readonly { readonly name: string; readonly drvPath: string }[];
  /** What a shell has at hand: its `packages`, in the order in which the derivation names them. */
  readonly packages: readonly PackageName[];
  /** Variables, without those that every derivation of nixpkgs has. */
  readonly variables: Readonly<Record<string, string>>;
  readonly shellHook?: string;
}

/** A flake's inputs as a graph. The flake itself is the node with the key `root`. */
export interface InputGraph {
  readonly nodes: readonly InputNode[];
  readonly edges: readonly InputEdge[];
}

export interface InputNode {
  /** The key in `flake.lock`. */
  readonly key: string;
  /** The locked reference, without its hash. */
  readonly reference?: string;
  readonly rev?: string;
  /** The day of the revision, `2026-08-20`. */
  readonly day?: string;
  readonly isFlake: boolean;
  /** Whether there is something here that stands in for it. */
  readonly hasStandIn: boolean;
}

export interface InputEdge {
  readonly from: string;
  readonly to: string;
  /** The name under which `from` knows it. */
  readonly name: string;
  /** Whose input it is instead, as `devenv/nixpkgs`. */
  readonly follows?: string;
}

/** What can be written at a place of a text. */
export interface Completions {
  /** The part of the name that stands there already, as offsets into the text. */
  readonly from: number;
  readonly to: number;
  readonly names: readonly string[];
}

/** What a command printed. */
export interface CommandResult {
  readonly status: number;
  readonly stdout: string;
  readonly stderr: string;
  /** Files that it wrote, by absolute path. */
  readonly written: Readonly<Record<string, string>>;
}

/** A command line on the files of a folder. */
export interface CommandLine {
  readonly argv: readonly string[];
  readonly stdin?: string;
  /** The current folder, absolute. */
  readonly cwd: string;
  /** Whether JSON is printed for people. */
  readonly terminal?: boolean;
  readonly env?: Readonly<Record<string, string>>;
}

/** A question about a flake, by the number that the client gave to it. `source`: its files, where the worker has none. */
interface AboutFlake {
  readonly flake: number;
  readonly source?: FlakeFiles;
}

/** Each question with what it gives. */
export interface Questions {
  evaluate: { ask: AboutFlake & { source: FlakeFiles; allSystems: boolean }; give: FlakeOutputs };
  read: { ask: AboutFlake & { path: readonly string[] }; give: OutputNode };
  derivation: { ask: AboutFlake & { path: readonly string[] }; give: DerivationFacts };
  apply: {
    ask: AboutFlake & { path: readonly string[]; expression: string; as: "json" | "text" };
    give: string;
  };
  inputs: { ask: AboutFlake; give: InputGraph };
  complete: { ask: AboutFlake & { file: string; text: string; offset: number }; give: Completions };
  forget: { ask: AboutFlake; give: null };
  parse: { ask: { file: string; text: string }; give: null };
  command: { ask: { source: FlakeFiles; line: CommandLine }; give: CommandResult };
}

export type Question = keyof Questions;

/** What the worker answers with its first script. */
export type Early = "evaluate" | "read" | "forget";

export type Answers<Names extends Question> = {
  readonly [Name in Names]: (ask: Questions[Name]["ask"]) => Questions[Name]["give"] | Promise<Questions[Name]["give"]>;
};

/** Page to worker. */
export type Request = {
  [Name in Question]: { readonly id: number; readonly name: Name } & Readonly<Questions[Name]["ask"]>;
}[Question];

/** Worker to page: the answer to the request with this id. */
export type Reply =
  | { readonly id: number; readonly ok: true; readonly value: Questions[Question]["give"] }
  | { readonly id: number; readonly ok: false; readonly failure: Failure };

/**
 * How a question ended. `stale`: the flake was evaluated anew meanwhile, and nobody needs this any more. `stopped`: by the
 * caller, or because it took too long. `unavailable`: there is no worker, and `message` says why.
 */
export type Outcome<T> =
  | { readonly status: "ok"; readonly value: T }
  | { readonly status: "failed"; readonly failure: Failure }
  | { readonly status: "stale" }
  | { readonly status: "stopped"; readonly message: string }
  | { readonly status: "unavailable"; readonly message: string };

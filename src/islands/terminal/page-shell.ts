import { Bash, defineCommand, getCommandNames, InMemoryFs, MountableFs } from "just-bash/browser";
import type { LabContext } from "../lab/context.ts";
import { completeLine } from "./complete.ts";
import { elsewhereNames, saysElsewhere } from "./elsewhere.ts";
import { git, gitNames } from "./git/git.ts";
import { Repository } from "./git/repository.ts";
import { nixCommand, type CommandClient, type Evaluation } from "./nix-command.ts";
import { ProjectFiles } from "./project-fs.ts";
import type { Completion, Shell, Streams } from "./shell.ts";

export interface PageShellOptions extends Pick<LabContext, "project" | "root" | "source"> {
  readonly client: CommandClient;
  /** The time in seconds since 1970, for commits. */
  readonly now?: () => number;
}

/** Variables that the shell itself sets anew for each line. */
const ofTheShell = new Set([
  "BASHOPTS",
  "BASH_HISTORY",
  "HOSTNAME",
  "HOSTTYPE",
  "IFS",
  "MACHTYPE",
  "OPTIND",
  "OSTYPE",
  "PWD",
  "SHELLOPTS",
]);

/** A loop that only counts ends after so many rounds: it runs in the page's own thread, where Ctrl-C cannot reach it. */
const mostRounds = 2000;

/** The shell in the page: a bash on the project's files, with our `nix` and `git`. */
export class PageShell implements Shell {
  readonly greeting =
    "Here nix builds nothing; flakes with inputs are evaluated with stand-ins. git knows what flakes need. " +
    "What builds or runs (nix build, nix develop, python, pip) needs a real Nix and says so.";
  readonly home = "/home/you";
  readonly #bash: Bash;
  readonly #evaluation: Evaluation;
  readonly #history: string[] = [];
  #folder: string;
  #variables: Record<string, string>;
  #line = "";

  constructor(lab: PageShellOptions) {
    const { project, client, root, now = () => Math.floor(Date.now() / 1000) } = lab;
    this.#folder = root;
    this.#variables = { HOME: this.home, USER: "you", PATH: "/usr/bin:/bin", TERM: "xterm-256color" };
    const base = new InMemoryFs();
    for (const folder of ["/tmp", this.home]) base.mkdirSync(folder, { recursive: true });
    const repository = new Repository(project, root, now);
    this.#evaluation = { client, source: () => lab.source(), isForReader: () => isPlain(this.#line) };
    this.#bash = new Bash({
      fs: new MountableFs({ base, mounts: [{ mountPoint: root, filesystem: new ProjectFiles(project) }] }),
      cwd: root,
      defenseInDepth: false,
      executionLimits: { maxLoopIterations: mostRounds, maxCommandCount: 5 * mostRounds },
      customCommands: [
        nixCommand("nix", this.#evaluation),
        nixCommand("nix-instantiate", this.#evaluation),
        defineCommand("git", async (args, { cwd }) => {
          const { out, err, status } = git(args, repository, cwd);
          return { stdout: out, stderr: err, exitCode: status };
        }),
        ...elsewhereNames.map((name) =>
          defineCommand(name, async (args) => ({ stdout: "", stderr: saysElsewhere(name, args), exitCode: 127 })),
        ),
      ],
    });
  }

  get folder(): string {
    return this.#folder;
  }

  needsMore(text: string): boolean {
    if (/(^|[^\\])\\$/.test(text)) return true;
    try {
      this.#bash.transform(text);
      return false;
    } catch (error) {
      return /unexpected EOF|got EOF|unterminated|near unexpected token `(fi|done|esac)'$/.test(
        (error as Error).message,
      );
    }
  }

  async run(line: string, streams: Streams): Promise<number> {
    try {
      return await this.#execute(line, streams);
    } catch (error) {
      // What the file system refuses to a redirection comes as an exception.
      streams.write(`bash: ${(error as Error).message}\n`);
      return 1;
    }
  }

  async #execute(line: string, { write, signal }: Streams): Promise<number> {
    if (line.trim() === "") return 0;
    this.#line = line;
    this.#history.push(line);
    // Both streams in the order of the commands; in pipes the shell would join them, too, and in errors name the joining.
    const isJoined = isPlain(line) && this.#isComplete(line);
    const { stdout, stderr, exitCode, env } = await this.#bash.exec(isJoined ? `exec 2>&1; ${line}` : line, {
      cwd: this.#folder,
      env: { ...this.#variables, BASH_HISTORY: JSON.stringify(this.#history) },
      replaceEnv: true,
      rawScript: true,
      signal,
    });
    if (signal.aborted) return 130;
    write(stderr + stdout);
    this.#folder = env["PWD"] ?? this.#folder;
    this.#variables = Object.fromEntries(Object.entries(env).filter(([name]) => !ofTheShell.has(name)));
    return exitCode;
  }

  complete(text: string, signal?: AbortSignal): Promise<Completion> {
    return completeLine(text, {
      commands: [
        ...new Set([...getCommandNames(), ...builtins, ...elsewhereNames, "git", "nix", "nix-instantiate"]),
      ].sort(),
      git: gitNames,
      list: (folder) => this.#list(folder),
      outputs: () => this.#outputs(signal),
    });
  }

  #isComplete(line: string): boolean {
    try {
      this.#bash.transform(line);
      return true;
    } catch {
      return false;
    }
  }

  async #list(folder: string): Promise<string[]> {
    const { fs } = this.#bash;
    const at = fs.resolvePath(this.#folder, folder.replace(/^~(?=\/|$)/, this.home));
    if (!(await fs.exists(at)) || !(await fs.stat(at)).isDirectory) return [];
    const names = await fs.readdir(at);
    return Promise.all(names.map(async (name) => ((await fs.stat(`${at}/${name}`)).isDirectory ? `${name}/` : name)));
  }

  async #outputs(signal?: AbortSignal): Promise<unknown> {
    const line = { argv: ["nix", "flake", "show", "--json"], cwd: this.#folder, env: { PWD: this.#folder } };
    const { client, source } = this.#evaluation;
    const stop = () => client.stop();
    signal?.addEventListener("abort", stop);
    const outcome = await client.command(source(), line);
    signal?.removeEventListener("abort", stop);
    if (outcome.status !== "ok" || outcome.value.status !== 0) return {};
    return JSON.parse(outcome.value.stdout) as unknown;
  }
}

/** Whether all that a line's commands print goes to the reader: there is no pipe and no redirection. */
const isPlain = (line: string): boolean => !/(?<!\|)\|(?!\|)|[>`]|\$\(/.test(line);

/** Words of the shell itself that people type at a prompt. */
const builtins = ["cd", "exit", "export", "set", "type", "unset"];

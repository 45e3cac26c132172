import type { WebContainerProcess } from "@webcontainer/api";
import { completeLine } from "../terminal/complete.ts";
import type { Completion, Shell, Streams } from "../terminal/shell.ts";
import type { Container } from "./container.ts";
import { toolsFolder } from "./mount-tree.ts";

export interface ContainerShellOptions {
  /** The project's folder in the container's own. */
  readonly project: string;
  /** What keeps the project in step: it is waited for before each line, and told after it. */
  readonly exchange: { readonly sent: () => Promise<void>; readonly fetch: () => Promise<void> };
}

/** Commands that its shell knows or brings along. */
const commands =
  "cat cd chmod clear cp echo env exit head jsh kill ls mkdir mv nix nix-instantiate node npm npx pnpm pwd python python3 rm rmdir sleep tail touch wc which yarn".split(
    " ",
  );

/** Output that comes after a process has ended is waited for so long. */
const lastOutput = 500;

/** A shell in a WebContainer: each line is a `jsh` of its own, so that only `cd` alone in a line lasts. */
export class ContainerShell implements Shell {
  readonly greeting =
    "A Node sandbox by StackBlitz: python has its standard library only, and there is no git and no pip. " +
    "nix builds nothing here; flakes with inputs are evaluated with stand-ins. Try: python3 -m contacts";
  readonly home: string;
  readonly #container: Container;
  readonly #exchange: ContainerShellOptions["exchange"];
  #folder: string;
  #input: WritableStreamDefaultWriter<string> | undefined;

  constructor(container: Container, { project, exchange }: ContainerShellOptions) {
    this.#container = container;
    this.#folder = `${container.workdir}/${project}`;
    this.#exchange = exchange;
    this.home = container.workdir;
  }

  get folder(): string {
    return this.#folder;
  }

  needsMore(text: string): boolean {
    let quote = "";
    let open = 0;
    for (let at = 0; at < text.length; at++) {
      const character = text[at]!;
      if (character === "\\" && quote !== "'") {
        if (++at === text.length) return true;
      } else if (quote !== "") quote = character === quote ? "" : quote;
      else if (character === "'" || character === '"') quote = character;
      else if (text.startsWith("$(", at)) open++;
      else if (character === ")" && open > 0) open--;
    }
    return quote !== "" || open > 0;
  }

  async run(line: string, streams: Streams): Promise<number> {
    if (line.trim() === "") return 0;
    try {
      await this.#exchange.sent();
      const [, isFolder, folder = "~"] = /^\s*(cd)(?:\s+([^\s;&|<>]+))?\s*$/.exec(line) ?? [];
      const status = isFolder === undefined ? await this.#execute(line, streams) : await this.#enter(folder, streams);
      await this.#exchange.fetch();
      return status;
    } catch (error) {
      streams.write(`the sandbox refuses this: ${(error as Error).message}\n`);
      return 1;
    }
  }

  input(text: string): void {
    void this.#input?.write(text);
  }

  complete(text: string, signal?: AbortSignal): Promise<Completion> {
    return completeLine(text, {
      commands,
      git: [],
      list: async (folder) => {
        const path = this.#inContainer(this.#resolve(folder));
        if (path === undefined) return [];
        const entries = await this.#container.fs.readdir(path, { withFileTypes: true }).catch(() => []);
        return entries.map((entry) => (entry.isDirectory() ? `${entry.name}/` : entry.name)).sort();
      },
      outputs: () => this.#outputs(signal),
    });
  }

  async #enter(typed: string, { write }: Streams): Promise<number> {
    const folder = this.#resolve(typed);
    const path = this.#inContainer(folder);
    const isThere =
      path !== undefined &&
      (await this.#container.fs.readdir(path).then(
        () => true,
        () => false,
      ));
    if (isThere) this.#folder = folder;
    else write(`cd: ${typed}: no such folder in the sandbox\n`);
    return isThere ? 0 : 1;
  }

  async #execute(line: string, { write, signal }: Streams): Promise<number> {
    const process = await this.#spawn(line);
    const stopped = new Promise<"stopped">((done) => {
      if (signal.aborted) done("stopped");
      signal.addEventListener("abort", () => done("stopped"), { once: true });
    });
    this.#input = process.input.getWriter();
    const reading = readAll(process, write);
    const status = await Promise.race([process.exit, stopped]);
    this.#input = undefined;
    if (status === "stopped") {
      process.kill();
      return 130;
    }
    await Promise.race([reading, new Promise((done) => setTimeout(done, lastOutput))]);
    return status;
  }

  #spawn(line: string): Promise<WebContainerProcess> {
    const { path, workdir } = this.#container;
    const cwd = this.#inContainer(this.#folder)!;
    return this.#container.spawn("jsh", ["-c", line], { cwd, env: { PATH: `${workdir}/${toolsFolder}:${path}` } });
  }

  async #outputs(signal?: AbortSignal): Promise<unknown> {
    const process = await this.#spawn("nix flake show --json 2>/dev/null");
    signal?.addEventListener("abort", () => process.kill());
    let text = "";
    await Promise.all([readAll(process, (piece) => (text += piece)), process.exit]);
    return text.trim().startsWith("{") ? JSON.parse(text) : {};
  }

  #resolve(typed: string): string {
    const parts: string[] = [];
    const path = typed.replace(/^~(?=\/|$)/, this.home);
    for (const part of (path.startsWith("/") ? path : `${this.#folder}/${path}`).split("/"))
      if (part === "..") parts.pop();
      else if (part !== "" && part !== ".") parts.push(part);
    return `/${parts.join("/")}`;
  }

  /** A path as the container's file functions take it: they see its own folder alone. */
  #inContainer(path: string): string | undefined {
    if (path === this.home) return ".";
    return path.startsWith(`${this.home}/`) ? path.slice(this.home.length + 1) : undefined;
  }
}

async function readAll({ output }: WebContainerProcess, write: (text: string) => void): Promise<void> {
  const reader = output.getReader();
  for (let piece = await reader.read(); !piece.done; piece = await reader.read()) write(piece.value);
}

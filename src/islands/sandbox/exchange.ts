import type { Project, ProjectChange } from "../lab/project.ts";
import type { Container } from "./container.ts";

const me = "sandbox";

/** What programs make for themselves. */
const ownFolders = new Set([".git", "__pycache__", "node_modules"]);

/** Keeps the project and its copy in the sandbox the same: edits go there at once, and what a line did comes back. */
export class Exchange {
  readonly #project: Project;
  readonly #container: Container;
  readonly #folder: string;
  #last: Promise<void> = Promise.resolve();

  constructor(project: Project, container: Container, folder: string) {
    this.#project = project;
    this.#container = container;
    this.#folder = folder;
    project.addEventListener("change", (event) => {
      const { by, paths } = event as ProjectChange;
      if (by !== me) this.#last = this.#last.then(() => this.#send(paths));
    });
  }

  /** Waits until the sandbox has all edits. */
  sent(): Promise<void> {
    return this.#last;
  }

  /** Takes over what changed in the sandbox. Files that are no text stay there. */
  async fetch(): Promise<void> {
    let found: Map<string, string>;
    let before: Promise<void>;
    // What is edited meanwhile is newer than what was read: then all is read again.
    do {
      before = this.#last;
      await before;
      found = new Map();
      await this.#collect("", found);
    } while (this.#last !== before);
    for (const path of this.#project.files.keys()) if (!found.has(path)) this.#project.remove(path, me);
    for (const [path, text] of found) this.#project.write(path, text, me);
  }

  async #send(paths: readonly string[]): Promise<void> {
    const { fs } = this.#container;
    for (const path of paths) {
      const text = this.#project.files.get(path);
      const at = `${this.#folder}/${path}`;
      if (text === undefined) await fs.rm(at, { force: true });
      else {
        await fs.mkdir(at.slice(0, at.lastIndexOf("/")), { recursive: true });
        await fs.writeFile(at, text);
      }
    }
  }

  async #collect(folder: string, found: Map<string, string>): Promise<void> {
    const { fs } = this.#container;
    for (const entry of await fs.readdir(`${this.#folder}/${folder}`, { withFileTypes: true })) {
      const path = folder === "" ? entry.name : `${folder}/${entry.name}`;
      if (entry.isDirectory()) {
        if (!ownFolders.has(entry.name)) await this.#collect(path, found);
      } else if (entry.isFile()) {
        const text = decode(await fs.readFile(`${this.#folder}/${path}`));
        if (text !== undefined) found.set(path, text);
      }
    }
  }
}

function decode(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return undefined;
  }
}

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
  /** What the sandbox does not have yet. */
  readonly #unsent = new Set<string>();
  #last: Promise<void> = Promise.resolve();

  constructor(project: Project, container: Container, folder: string) {
    this.#project = project;
    this.#container = container;
    this.#folder = folder;
    project.addEventListener("change", (event) => {
      const { by, paths } = event as ProjectChange;
      if (by === me) return;
      for (const path of paths) this.#unsent.add(path);
      this.#send();
    });
  }

  /** Waits until the sandbox has all edits; one that it refused is sent once more. */
  async sent(): Promise<void> {
    await this.#last.catch(() => this.#send());
    await this.#last;
  }

  /** Takes over what changed in the sandbox. Files that are no text stay there. */
  async fetch(): Promise<void> {
    let found: Map<string, string | undefined>;
    let before: Promise<void>;
    // What is edited meanwhile is newer than what was read: then all is read again.
    do {
      before = this.#last;
      await before;
      found = new Map();
      await this.#collect("", found);
    } while (this.#last !== before);
    for (const path of this.#project.files.keys()) if (!found.has(path)) this.#project.remove(path, me);
    for (const [path, text] of found) if (text !== undefined) this.#project.write(path, text, me);
  }

  #send(): void {
    this.#last = this.#last.catch(() => undefined).then(() => this.#sendAll());
    // Who waits for it is told; nobody need.
    this.#last.catch(() => undefined);
  }

  async #sendAll(): Promise<void> {
    const { fs } = this.#container;
    for (const path of this.#unsent) {
      const text = this.#project.files.get(path);
      const at = `${this.#folder}/${path}`;
      if (text === undefined) await fs.rm(at, { force: true });
      else {
        await fs.mkdir(at.slice(0, at.lastIndexOf("/")), { recursive: true });
        await fs.writeFile(at, text);
      }
      if (this.#project.files.get(path) === text) this.#unsent.delete(path);
    }
  }

  /** All texts by path; `undefined` for a file that is none. */
  async #collect(folder: string, found: Map<string, string | undefined>): Promise<void> {
    const { fs } = this.#container;
    for (const entry of await fs.readdir(`${this.#folder}/${folder}`, { withFileTypes: true })) {
      const path = folder === "" ? entry.name : `${folder}/${entry.name}`;
      if (entry.isDirectory()) {
        if (!ownFolders.has(entry.name)) await this.#collect(path, found);
      } else if (entry.isFile()) {
        found.set(path, decode(await fs.readFile(`${this.#folder}/${path}`)));
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

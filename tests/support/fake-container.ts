/**
 * A stand-in for a `WebContainer` in tests: a real folder and real processes. As the real one, it takes paths inside its
 * folder only, mounts files without modes, joins both streams in one that ends lines as a terminal does, and knows `jsh -c`.
 */
import { spawn } from "node:child_process";
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { mkdir, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import type { FileSystemTree, SpawnOptions, WebContainerProcess } from "@webcontainer/api";
import type { Container } from "../../src/islands/sandbox/container.ts";

export class FakeContainer {
  readonly workdir = realpathSync(mkdtempSync(join(tmpdir(), "sandbox-")));
  /** The Node that runs these tests, in the place of the sandbox's own. */
  readonly path = `${resolve(process.execPath, "..")}:/usr/bin:/bin`;
  readonly fs = {
    mkdir: (path: string, options: { recursive: true }) => mkdir(this.#at(path), options),
    readFile: (path: string) => readFile(this.#at(path)),
    readdir: (path: string, options?: { withFileTypes: true }) =>
      readdir(this.#at(path), options as { withFileTypes: true }),
    rm: (path: string, options?: { force?: boolean; recursive?: boolean }) => rm(this.#at(path), options),
    writeFile: (path: string, data: string) => writeFile(this.#at(path), data),
  };

  asContainer(): Container {
    return this as unknown as Container;
  }

  async mount(tree: FileSystemTree, folder = ""): Promise<void> {
    for (const [name, node] of Object.entries(tree)) {
      const path = join(folder, name);
      if ("directory" in node) {
        mkdirSync(this.#at(path), { recursive: true });
        await this.mount(node.directory, path);
      } else if ("contents" in node.file) writeFileSync(this.#at(path), node.file.contents, { mode: 0o644 });
    }
  }

  async spawn(
    command: string,
    args: string[],
    { cwd = ".", env = {} }: SpawnOptions = {},
  ): Promise<WebContainerProcess> {
    const child = spawn(command === "jsh" ? "/bin/sh" : command, args, {
      cwd: this.#at(cwd),
      env: { PATH: this.path, HOME: this.workdir, ...(env as Record<string, string>) },
      detached: true,
    });
    const ended = new Promise<number>((done) => child.on("close", (code) => done(code ?? 143)));
    const output = new ReadableStream<string>({
      start(controller) {
        for (const stream of [child.stdout, child.stderr])
          stream.setEncoding("utf8").on("data", (text: string) => controller.enqueue(text.replaceAll("\n", "\r\n")));
        void ended.then(() => controller.close());
      },
    });
    const input = new WritableStream<string>({ write: (text) => void child.stdin.write(text) });
    // As a terminal's, the whole group of processes ends.
    return { exit: ended, input, output, kill: () => void process.kill(-child.pid!), resize() {} };
  }

  remove(): void {
    rmSync(this.workdir, { recursive: true });
  }

  #at(path: string): string {
    const at = resolve(this.workdir, path);
    if (at !== this.workdir && !at.startsWith(`${this.workdir}/`)) throw new Error(`EACCES: '${path}' is outside`);
    return at;
  }
}

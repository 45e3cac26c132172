import { defineCommand, type Command } from "just-bash/browser";
import type { EvaluatorClient, FlakeFiles } from "#runtime";

/** What of the evaluator a shell needs. */
export type CommandClient = Pick<EvaluatorClient, "command" | "stop">;

export interface Evaluation {
  readonly client: CommandClient;
  /** The project as the evaluator takes it. */
  readonly source: () => FlakeFiles;
  /** Whether the running line's output goes to the reader: then JSON has line breaks, as with a real terminal. */
  readonly isForReader: () => boolean;
}

const stopped = { stdout: "", stderr: "", exitCode: 130 };

/** `nix` or `nix-instantiate`, by the evaluator. What it writes goes into the project. */
export function nixCommand(name: "nix" | "nix-instantiate", { client, source, isForReader }: Evaluation): Command {
  return defineCommand(name, async (args, { cwd, env, fs, signal, stdin }) => {
    const isStopped = (): boolean => signal?.aborted === true;
    if (isStopped()) return stopped;
    const stop = () => client.stop();
    signal?.addEventListener("abort", stop);
    const outcome = await client.command(source(), {
      argv: [name, ...args],
      cwd,
      stdin: decode(stdin as unknown as string),
      terminal: isForReader(),
      env: { HOME: env.get("HOME") ?? "/", USER: env.get("USER") ?? "you", PWD: cwd },
    });
    signal?.removeEventListener("abort", stop);
    if (outcome.status === "ok") {
      const { status, stdout, stderr, written } = outcome.value;
      for (const [path, text] of Object.entries(written)) {
        await fs.mkdir(path.slice(0, Math.max(path.lastIndexOf("/"), 1)), { recursive: true });
        await fs.writeFile(path, text);
      }
      // Warnings come before the value, as in a terminal.
      if (isForReader()) return { stdout: stderr + stdout, stderr: "", exitCode: status };
      return { stdout, stderr, exitCode: status };
    }
    if (isStopped() || outcome.status === "stale") return stopped;
    const reason = outcome.status === "failed" ? outcome.failure.text : `error: ${outcome.message}`;
    return { stdout: "", stderr: `${reason.trimEnd()}\n`, exitCode: 1 };
  });
}

/** The shell hands on bytes as characters. */
const decode = (bytes: string): string =>
  new TextDecoder().decode(Uint8Array.from(bytes, (character) => character.charCodeAt(0)));

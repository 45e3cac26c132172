/** The terminal blocks and Nix blocks of a lesson. */
import { readdirSync, readFileSync } from "node:fs";
import { basename, join, resolve } from "node:path";
import {
  findFences,
  parseTerminalMeta,
  parseTranscript,
  type Fence,
  type TerminalMeta,
  type TranscriptCommand,
} from "#lessons";

export const root = resolve(import.meta.dirname, "../..");

export interface Block {
  line: number;
  meta: TerminalMeta;
  commands: TranscriptCommand[];
}

export interface LessonTranscript {
  /** The file's name, as messages show it. */
  file: string;
  /** The folder of the lesson's example in `examples/`, where it has one. */
  example: string | undefined;
  blocks: Block[];
  nixFences: Fence[];
}

/** The paths of all lessons, `…/content/lessons/NN-slug.mdx`, in order. */
export const lessonFiles = (): string[] =>
  readdirSync(join(root, "content/lessons"))
    .filter((name) => name.endsWith(".mdx"))
    .sort()
    .map((name) => join(root, "content/lessons", name));

/** @throws Error naming the file and line of a block that cannot be read. */
export function readLesson(path: string, text: string = readFileSync(path, "utf8")): LessonTranscript {
  const file = basename(path);
  const fences = findFences(text);
  const blocks = fences
    .filter(({ language }) => language === "console")
    .map(({ line, meta, text: transcript }) => {
      try {
        return { line, meta: parseTerminalMeta(meta), commands: parseTranscript(transcript) };
      } catch (error) {
        throw new Error(`${file}:${line}: ${(error as Error).message}`, { cause: error });
      }
    });
  return {
    file,
    example: /^example: *"?([\w-]+)"? *$/m.exec(text)?.[1],
    blocks,
    nixFences: fences.filter(({ language }) => language === "nix"),
  };
}

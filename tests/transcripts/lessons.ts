/** The terminal blocks of every lesson on disk. */
import { readdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { findFences, parseTerminalMeta, parseTranscript, type TerminalMeta, type TranscriptCommand } from "#lessons";

export const root = resolve(import.meta.dirname, "../..");
const folder = join(root, "content/lessons");

export interface Block {
  line: number;
  meta: TerminalMeta;
  commands: TranscriptCommand[];
}

export interface LessonTranscript {
  file: string;
  /** The folder of the lesson's example in `examples/`, where it has one. */
  example: string | undefined;
  blocks: Block[];
}

/** The names of all lessons, `NN-slug.mdx`. */
export const lessonFiles = (): string[] =>
  readdirSync(folder)
    .filter((name) => name.endsWith(".mdx"))
    .sort();

/** @throws Error naming the file and line of a block that cannot be read. */
export function readLesson(file: string): LessonTranscript {
  const text = readFileSync(join(folder, file), "utf8");
  const blocks = findFences(text)
    .filter(({ language }) => language === "console")
    .map(({ line, meta, text: transcript }) => {
      try {
        return { line, meta: parseTerminalMeta(meta), commands: parseTranscript(transcript) };
      } catch (error) {
        throw new Error(`${file}:${line}: ${(error as Error).message}`, { cause: error });
      }
    });
  return { file, example: /^example: *"?([\w-]+)"? *$/m.exec(text)?.[1], blocks };
}

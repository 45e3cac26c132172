/** A lesson as plain Markdown, with what its page shows: `/lessons/<slug>.md`. */
import { getEntry } from "astro:content";
import { addedFiles, changedFiles, exercisesOfLesson, type PageExercise } from "./components/exercises.ts";
import {
  checkedWords,
  fenced,
  notRunReasons,
  parseTerminalMeta,
  plainMarkdown,
  readExampleFile,
  withAddresses,
} from "#lessons";
import { differenceOf, plainComponents } from "./plain-components.ts";
import { wholeAddress } from "./publication.ts";
import { getLessons, type WrittenLesson } from "./walk.ts";
import { getWays } from "./ways.ts";

/** The address of a lesson's plain text. */
export const plainAddress = (href: string): string => wholeAddress(href.replace(/\/$/, ".md"));

/** @throws Error where the lesson has a component for which there are no words */
export async function plainLesson(lesson: WrittenLesson): Promise<string> {
  const { number, title, chapter, minutes, summary, learned, href, example, panel, file, entry } = lesson;
  const lessons = await getLessons();
  const terms = new Set<string>();
  const prose = inLesson(
    file,
    entry.body ?? "",
    plainComponents(lesson, await getWays(), (term) => terms.add(term)),
  );
  const exercises = await exercisesOfLesson(number);
  const flake = example === undefined || !panel ? undefined : readExampleFile(example, "flake.nix");
  const beside = (step: number, word: string) => {
    const other = lessons[lessons.indexOf(lessons.find((each) => each.number === number)!) + step];
    return other === undefined ? [] : [`- ${word}: [${other.title}](${plainAddress(other.href)})`];
  };
  return [
    `# ${title}`,
    `Lesson ${number} of ${lessons.at(-1)?.number} of Flakes for Snakes, chapter “${chapter.title}”, ${minutes} minutes: <${wholeAddress(href)}>`,
    summary,
    prose.trim(),
    "## What you learned",
    learned.map((each) => `- ${each}`).join("\n"),
    ...(exercises.length === 0 ? [] : ["## Try it", ...exercises.map(taskOf)]),
    ...(flake === undefined ? [] : ["## The whole flake.nix", fenced("nix", flake)]),
    ...(example === undefined
      ? []
      : [`All files, and the ways to take them home: <${wholeAddress(`/examples/${example}/`)}>`]),
    ...(terms.size === 0 ? [] : ["## Words", (await Promise.all([...terms].map(definitionOf))).join("\n")]),
    ...(exercises.length === 0 ? [] : ["## Solutions", ...exercises.map(solutionOf)]),
    "## Elsewhere",
    [
      ...beside(-1, "Before"),
      ...beside(1, "Next"),
      `- All lessons: <${wholeAddress("/llms.txt")}>`,
      "- Licence: the words are CC BY 4.0 (name “Flakes for Snakes”), the code is MIT.",
    ].join("\n"),
    "",
  ].join("\n\n");
}

function inLesson(file: string, mdx: string, components: ReturnType<typeof plainComponents>): string {
  try {
    const note = (language: string, meta: string) => (language === "console" ? howChecked(meta) : "");
    return plainMarkdown(mdx, { components, note, address: plainLink });
  } catch (error) {
    throw new Error(`${file}: ${(error as Error).message}`, { cause: error });
  }
}

/** A link within the site: to another lesson's plain text, or to a page. */
const plainLink = (path: string): string =>
  wholeAddress(path.replace(/^(\/lessons\/[^/#]+)\/(#.*)?$/, (_, lesson: string) => `${lesson}.md`));

function howChecked(meta: string): string {
  const { notRun, inputs } = parseTerminalMeta(meta);
  return notRun === undefined ? checkedWords[inputs] : `${checkedWords["not-run"]}: ${notRunReasons[notRun]}`;
}

function taskOf({ title, task, example, checks, original, begin }: PageExercise, index: number): string {
  const prepared = changedFiles(original, begin);
  return [
    `### ${index + 1}. ${title}`,
    task.trim(),
    "You are done when this holds:",
    checks.map(({ says }) => `- ${says}`).join("\n"),
    prepared.length === 0
      ? `You start from the example \`${example}\`.`
      : `You start from the example \`${example}\` with this change:`,
    ...prepared.map(({ file, before, after }) => differenceOf(file, before, after)),
  ].join("\n\n");
}

function solutionOf({ title, begin, solved }: PageExercise, index: number): string {
  const add = addedFiles(begin, solved);
  return [
    `### ${index + 1}. ${title}: a solution`,
    ...changedFiles(begin, solved).map(({ file, before, after }) => differenceOf(file, before, after)),
    ...(add.length === 0 ? [] : [fenced("console", `$ git add ${add.join(" ")}`)]),
  ].join("\n\n");
}

async function definitionOf(id: string): Promise<string> {
  const entry = await getEntry("glossary", id);
  if (entry === undefined) throw new Error(`the glossary has no term '${id}'`);
  const text = (entry.body ?? "").trim().replaceAll(/\s*\n\s*/g, " ");
  return `- **${entry.data.term}**: ${withAddresses(text, plainLink)}`;
}

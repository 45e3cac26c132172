/** The ways from a list of packages to an environment: what `content/ways` says of each, joined with its example. */
import { existsSync, readFileSync } from "node:fs";
import { getCollection, type CollectionEntry } from "astro:content";
import { pinsIn, type Pin } from "./components/given-versions.ts";
import { recordOf } from "./components/record.ts";
import { recommendedLesson } from "./chapters.ts";
import { indexed, packageOf } from "#inputs";
import { readExampleFile } from "#lessons";
import { normalizeName } from "#requirements";
import { getLessons, type WrittenLesson } from "./walk.ts";

/** The questions that the table asks of each way, in its order. */
export const questions = {
  same: "Same next year",
  versions: "Exact versions",
  wheels: "Wheels",
  editable: "Editable app",
  macos: "macOS",
  downloads: "Downloads",
  tool: "State of the tool",
} as const;

type Question = keyof typeof questions;

/** An answer in a word or two, and what is behind it. Without a date it was computed from an example not yet checked. */
interface Answer {
  question: Question;
  answer: string;
  rating: "good" | "partly" | "poor";
  text: string;
  source: string;
  date: string | undefined;
}

export interface Way {
  id: string;
  name: string;
  /** What says which versions are installed: a file, or a place. */
  decides: string;
  recommended: boolean;
  lesson: WrittenLesson;
  /** How many sources the example's flake.lock names. */
  sources: number;
  pure: boolean;
  answers: Answer[];
}

interface Promises {
  impure?: boolean;
  systems: string[];
  outputs: Record<string, { name?: string; packages?: string[]; distributions?: string[] }>;
}

/** What a way rests on, in a sentence or two with inline code. */
export const groundsOf = ({ decides, sources, pure }: Way): string =>
  `The versions come from \`${decides}\`. The lock file names ${sources === 1 ? "one source" : `${sources} sources`}, and evaluation is ${pure ? "pure" : "impure"}.`;

/** All ways in the order of their files. @throws Error naming the file whose lesson or example is missing. */
export async function getWays(): Promise<Way[]> {
  const lessons = await getLessons();
  const entries = await getCollection("ways");
  return entries.sort((a, b) => a.id.localeCompare(b.id, "en")).map((entry) => joinWay(entry, lessons));
}

function joinWay({ id, data, filePath }: CollectionEntry<"ways">, lessons: WrittenLesson[]): Way {
  const lesson = lessons.find(({ number }) => number === data.lesson);
  if (lesson?.example === undefined) throw new Error(`${filePath}: lesson ${data.lesson} has no example to compare`);
  const promises = promisesOf(lesson.example);
  const computed = {
    macos: macosAnswer(promises),
    versions: versionsAnswer(data.decides, promises, pinsIn(readExampleFile(lesson.example, "requirements.txt") ?? "")),
  };
  const checked = { source: `/examples/#${lesson.example}`, date: recordOf(lesson.example)["."]?.promises?.date };
  const answers = (Object.keys(questions) as Question[]).map((question): Answer => {
    const claim = data[question];
    if (claim !== undefined) return { question, ...claim };
    const found = question === "macos" || question === "versions" ? computed[question] : undefined;
    if (found === undefined) throw new Error(`${filePath}: '${question}' is missing, and no promise answers it`);
    return { question, ...found, ...checked };
  });
  return {
    id: id.replace(/^\d+-/, ""),
    name: data.name,
    decides: data.decides,
    recommended: data.lesson === recommendedLesson,
    lesson,
    sources: lockedSources(lesson.example),
    pure: promises.impure !== true,
    answers,
  };
}

type Computed = Pick<Answer, "answer" | "rating" | "text">;

function macosAnswer({ systems }: Promises): Computed {
  const evaluates = systems.includes("aarch64-darwin");
  return {
    answer: evaluates ? "yes" : "no",
    rating: evaluates ? "good" : "poor",
    text: evaluates
      ? "The example evaluates for `aarch64-darwin`. It was not built on a Mac here."
      : "The example offers nothing for `aarch64-darwin`.",
  };
}

/** How many pins are kept: as nixpkgs has it where that decides, else as promised. Undefined where no promise speaks of one. */
function versionsAnswer(decides: string, { outputs }: Promises, pins: Pin[]): Computed | undefined {
  const promised = new Map(
    Object.values(outputs)
      .flatMap(({ name = "", packages = [], distributions = [] }) => [name, ...packages, ...distributions])
      .map((label) => label.split("@"))
      .map(([name = "", version = ""]) => [normalizeName(name), version]),
  );
  const count = (given: (name: string) => string | undefined, who: string): Computed => {
    const kept = pins.filter(({ name, pinned }) => given(normalizeName(name)) === pinned).length;
    return {
      answer: `${kept} of ${pins.length}`,
      rating: kept === pins.length ? "good" : "poor",
      text: `Of the ${pins.length} versions that \`requirements.txt\` pins, ${who} has ${kept}.`,
    };
  };
  if (decides === "nixpkgs")
    return count((name) => packageOf(name)?.seen?.version, `nixpkgs ${indexed.release} of ${indexed.day}`);
  return pins.some(({ name }) => promised.has(normalizeName(name)))
    ? count((name) => promised.get(name), "the example")
    : undefined;
}

function promisesOf(example: string): Promises {
  const file = `examples/${example}.promises.json`;
  if (!existsSync(file)) throw new Error(`'${file}' is missing`);
  const { flakes } = JSON.parse(readFileSync(file, "utf8")) as { flakes: Record<string, Promises> };
  if (flakes["."] === undefined) throw new Error(`'${file}' has no entry for the flake '.'`);
  return flakes["."];
}

function lockedSources(example: string): number {
  const lock = JSON.parse(readExampleFile(example, "flake.lock") ?? '{"nodes":{}}') as {
    nodes: Record<string, object>;
  };
  return Object.values(lock.nodes).filter((node) => "locked" in node).length;
}

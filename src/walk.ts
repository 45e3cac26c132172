/** The walk through the lessons: the files of `content/lessons` in order, by chapter. */
import { getCollection, type CollectionEntry } from "astro:content";
import { chapters, recommendedLesson } from "./chapters.ts";

/** A lesson on disk. `from` is the example that its differences start from, already resolved. */
export interface WrittenLesson {
  number: number;
  title: string;
  summary: string;
  minutes: number;
  learned: string[];
  /** Whether the example's flake stands beside the prose. */
  panel: boolean;
  /** Words for which the search shall find this lesson, whether it says them or not. */
  search?: string[] | undefined;
  href: string;
  file: string;
  chapter: (typeof chapters)[number];
  example: string | undefined;
  from: string | undefined;
  entry: CollectionEntry<"lessons">;
}

/** All lessons on disk, by number. @throws Error naming file and field where `number` and the file's name disagree. */
export async function getLessons(): Promise<WrittenLesson[]> {
  const entries = await getCollection("lessons");
  entries.sort((a, b) => a.data.number - b.data.number);
  let before: string | undefined;
  return entries.map((entry) => {
    const { number, chapter: chapterId, example, from, ...rest } = entry.data;
    const file = entry.filePath ?? entry.id;
    if (!new RegExp(`(^|/)0*${number}-[^/]*$`).test(file))
      throw new Error(`${file}: 'number' is ${number}, but the file's name says otherwise`);
    const chapter = chapters.find(({ id }) => id === chapterId) ?? chapters[0];
    const base = from ?? before;
    before = example ?? before;
    return {
      ...rest,
      number,
      file,
      chapter,
      example,
      from: base === "none" ? undefined : base,
      href: `/lessons/${entry.id}/`,
      entry,
    };
  });
}

/** Every chapter with its lessons, by number. */
export async function getWalk(): Promise<{ chapter: (typeof chapters)[number]; lessons: WrittenLesson[] }[]> {
  const lessons = await getLessons();
  return chapters.map((chapter) => ({
    chapter,
    lessons: lessons.filter((lesson) => lesson.chapter.id === chapter.id),
  }));
}

/** The lesson with the recommended way. @throws Error where there is no lesson of that number. */
export async function getRecommended(): Promise<WrittenLesson> {
  const recommended = (await getLessons()).find(({ number }) => number === recommendedLesson);
  if (recommended === undefined) throw new Error(`there is no lesson ${recommendedLesson} to recommend`);
  return recommended;
}

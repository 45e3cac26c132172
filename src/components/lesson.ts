/** What the components of a lesson know of the page that they stand on. */
import { readExampleFile } from "#lessons";
import type { WrittenLesson } from "../walk.ts";

/** The lesson that is being printed. @throws Error naming the component that stands outside of a lesson. */
export function requireLesson(locals: App.Locals, component: string): WrittenLesson {
  if (locals.lesson === undefined) throw new Error(`${component} stands outside of a lesson`);
  return locals.lesson;
}

/** The lesson and the name of its example. @throws Error naming lesson and component where there is no example. */
export function requireExample(locals: App.Locals, component: string): { lesson: WrittenLesson; example: string } {
  const lesson = requireLesson(locals, component);
  if (lesson.example === undefined)
    throw new Error(`${lesson.file}: ${component} needs an 'example' in the frontmatter`);
  return { lesson, example: lesson.example };
}

/** The `flake.nix` of the lesson's example. @throws Error naming lesson and component where there is none. */
export function requireFlake(locals: App.Locals, component: string): { lesson: WrittenLesson; flake: string } {
  const { lesson, example } = requireExample(locals, component);
  const flake = readExampleFile(example, "flake.nix");
  if (flake === undefined) throw new Error(`${lesson.file}: ${component}: there is no 'examples/${example}/flake.nix'`);
  return { lesson, flake };
}

/** What the lessons say of each example, for the build of the repositories and for other programs. */
import { getLessons } from "../../walk.ts";

export async function GET(): Promise<Response> {
  const lessons = await getLessons();
  const told = lessons
    // An example belongs to the first lesson that shows it.
    .filter(({ example }, index) => lessons.findIndex((lesson) => lesson.example === example) === index)
    .flatMap(({ example, number, title, summary, from, href }) =>
      example === undefined ? [] : [{ example, lesson: number, title, summary, from: from ?? null, href }],
    );
  return Response.json(told);
}

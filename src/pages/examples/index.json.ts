/** What the lessons say of each example, for the build of the repositories and for other programs. */
import { getLessons } from "../../walk.ts";

export async function GET(): Promise<Response> {
  const told = (await getLessons()).flatMap(({ example, number, title, summary, from, href }) =>
    example === undefined ? [] : [{ example, lesson: number, title, summary, from: from ?? null, href }],
  );
  return Response.json(told);
}

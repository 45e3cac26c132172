/** Each lesson as plain Markdown, for tools and for readers of text. */
import { plainLesson } from "../../plain-lesson.ts";
import { getLessons, type WrittenLesson } from "../../walk.ts";

export async function getStaticPaths() {
  return (await getLessons()).map((lesson) => ({ params: { slug: lesson.entry.id }, props: { lesson } }));
}

export async function GET({ props }: { props: { lesson: WrittenLesson } }): Promise<Response> {
  return new Response(await plainLesson(props.lesson));
}

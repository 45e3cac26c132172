/** The exercises that start from an example, as its lab loads them. */
import { labExercises } from "../../../components/exercises.ts";
import { labExamples } from "../../../components/lab-files.ts";

export const getStaticPaths = () => labExamples().map((slug) => ({ params: { slug } }));

export async function GET({ params }: { params: { slug: string } }): Promise<Response> {
  return Response.json(await labExercises(params.slug));
}

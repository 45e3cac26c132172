/** What a lab loads when it opens: the example's files, and the revisions that inputs can be locked to. */
import { labExamples, labFiles, recordedInputs } from "../../../components/lab-files.ts";

export const getStaticPaths = () => [...labExamples(), "own"].map((slug) => ({ params: { slug } }));

export function GET({ params }: { params: { slug: string } }): Response {
  return Response.json({ files: labFiles(params.slug), recorded: recordedInputs() });
}

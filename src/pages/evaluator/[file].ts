/** The evaluator's files: pages ask for none of them before the reader edits or opens something. */
import { makeWorkerFiles } from "#worker-files";

export async function getStaticPaths() {
  const { files } = await makeWorkerFiles();
  return Array.from(files, ([file, text]) => ({ params: { file }, props: { text } }));
}

export function GET({ props }: { props: { text: string } }): Response {
  return new Response(props.text);
}

/** A zip of a project's files, in a folder of its own. */
import { downloadZip } from "client-zip";

/** The oldest day that a zip can hold: the same files give the same bytes. */
const day = new Date("1980-01-01T00:00:00");

interface ZippedFile {
  readonly path: string;
  readonly text: string | Uint8Array<ArrayBuffer>;
}

export function zipOf(folder: string, files: readonly ZippedFile[]): Response {
  return downloadZip(files.map(({ path, text }) => ({ name: `${folder}/${path}`, input: text, lastModified: day })));
}

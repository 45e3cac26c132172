/**
 * Makes the search's index from the built pages, by Pagefind. Of its files only those of the programming interface are
 * published: the dialog is ours. The same pages give the same bytes.
 */
import { globSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { close, createIndex } from "pagefind";
import { outDir } from "../publication.ts";
import { searchRecords } from "./search-records.ts";

const folder = join(outDir, "pagefind");
const itsOwnInterface = /-ui\.|-highlight\.|wasm\.unknown/;

function succeed<Answer extends { errors: string[] }>(answer: Answer): Answer {
  if (answer.errors.length > 0) throw new Error(`pagefind: ${answer.errors.join("; ")}`);
  return answer;
}

const { index } = succeed(await createIndex({ includeCharacters: "._-" }));
if (index === undefined) throw new Error("pagefind gave no index");
for (const file of globSync("**/*.html", { cwd: outDir }).sort()) {
  const url = `/${file.replace(/(^|\/)index\.html$/, "$1")}`;
  for (const record of searchRecords(url, readFileSync(join(outDir, file), "utf8")))
    succeed(await index.addHTMLFile(record));
}
const { files } = succeed(await index.getFiles());
await close();

rmSync(folder, { recursive: true, force: true });
for (const { path, content } of files.filter(({ path }) => !itsOwnInterface.test(path))) {
  const file = join(folder, path);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, content);
}

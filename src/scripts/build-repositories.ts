/**
 * A step of a build: each example as a Git repository, a tarball and a zip below `examples` of the site, and all of them
 * as templates. What the lessons say of them is in `examples/index.json`, which the site's build has left.
 */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { commitTime, readExampleFiles, tarballOf, writeRepositories, type ToldExample } from "#take-home";
import { zipOf } from "../islands/generate/zip.ts";
import { outDir } from "../publication.ts";

const examples = resolve(import.meta.dirname, "../../examples");
const into = join(outDir, "examples");
const told = JSON.parse(readFileSync(join(into, "index.json"), "utf8")) as ToldExample[];

const scratch = mkdtempSync(join(tmpdir(), "repositories-"));
try {
  await writeRepositories(told, { examples, into, scratch });
} finally {
  rmSync(scratch, { recursive: true });
}

const templates = [{ path: "flake.nix", bytes: new Uint8Array(readFileSync(join(examples, "flake.nix"))) }];
for (const { example, lesson } of told) {
  const files = readExampleFiles(examples, example);
  writeFileSync(join(into, `${example}.tar.gz`), await tarballOf(example, files, commitTime(lesson)));
  const zip = zipOf(
    example,
    files.map(({ path, bytes }) => ({ path, text: bytes })),
  );
  writeFileSync(join(into, `${example}.zip`), Buffer.from(await zip.arrayBuffer()));
  templates.push(...files.map(({ path, bytes }) => ({ path: `${example}/${path}`, bytes })));
}
const last = Math.max(...told.map(({ lesson }) => lesson));
writeFileSync(join(outDir, "templates.tar.gz"), await tarballOf("templates", templates, commitTime(last)));

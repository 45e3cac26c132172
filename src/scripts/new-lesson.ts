/**
 * `npm run new-lesson -- NN slug`: a lesson, its example and what it promises, as a beginning that passes all checks. The
 * example starts as a copy of one with a single flake and one input.
 */
import { cpSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { listExampleFiles } from "#lessons";
import { chapters } from "../chapters.ts";

const base = "10-with-packages";
const root = resolve(import.meta.dirname, "../..");
const examples = join(root, "examples");
const lessons = join(root, "content/lessons");

const [number = "", slug = "", ...more] = process.argv.slice(2);
const problem = problemWith();
if (problem !== undefined) {
  console.error(`error: ${problem}`);
  process.exit(1);
}

function problemWith(): string | undefined {
  if (!/^\d\d$/.test(number) || !/^[a-z0-9]+(-[a-z0-9]+)*$/.test(slug) || more.length > 0)
    return "expected a number of two digits and a name in small letters: npm run new-lesson -- 21 my-lesson";
  const taken = [...readdirSync(lessons), ...readdirSync(examples)].find((name) => name.startsWith(`${number}-`));
  return taken === undefined ? undefined : `the number ${number} is taken by '${taken}'`;
}

const name = `${number}-${slug}`;
const title = slug.replaceAll("-", " ").replace(/^./, (letter) => letter.toUpperCase());

const readme = `# ${number}: ${title}

The contacts app with …: say here, in two or three lines, what this flake shows.

\`\`\`console
$ nix develop
$ python -m contacts
\`\`\`
`;

const lesson = `---
number: ${Number(number)}
title: ${title}
chapter: ${chapters.at(-1)!.id}
summary: Say in one sentence what the reader has at the end.
minutes: 10
example: ${name}
from: ${base}
learned:
  - "The first thing that the reader learned."
  - "The second."
  - "The third."
---

At the end of this lesson you have …, and this command shows it.

{/* The problem, met in the contacts app: an error, or a missing thing that the reader sees. */}

{/* The smallest change that helps. Once the flake is another than that of ${base}, the component Changes shows the difference. */}

<ExampleFile path="flake.nix" />

{/* What Nix answers now. The tests run each terminal block. */}

\`\`\`console title="The shells of the flake"
$ nix eval .#devShells.x86_64-linux --apply builtins.attrNames
[ "default" ]
\`\`\`

{/* Why it works: the one concept, with a term of the glossary. */}

{/* When it goes wrong: the error that people meet, and the way out. */}
`;

function write(path: string, text: string): void {
  mkdirSync(dirname(join(root, path)), { recursive: true });
  writeFileSync(join(root, path), text);
  console.log(`wrote ${path}`);
}

for (const path of listExampleFiles(base, examples)) {
  mkdirSync(dirname(join(examples, name, path)), { recursive: true });
  cpSync(join(examples, base, path), join(examples, name, path));
}
console.log(`copied examples/${base} to examples/${name}`);
write(`examples/${name}/README.md`, readme);
write(`examples/${name}.promises.json`, readFileSync(join(examples, `${base}.promises.json`), "utf8"));
write(`content/lessons/${name}.mdx`, lesson);
console.log(`
Next: edit these, then
  npm run build
  node tests/transcripts/run.ts content/lessons/${name}.mdx
  npx playwright test --project=flakes --grep ${name}
content/README.md says how a lesson is written, examples/README.md what a promise can say.`);

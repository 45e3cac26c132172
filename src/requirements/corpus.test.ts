import assert from "node:assert/strict";
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join, relative } from "node:path";
import { test } from "node:test";
import {
  printMarker,
  printSpecifiers,
  read,
  type Files,
  type Reading,
  type Requirement,
  type Source,
} from "./index.ts";

const corpus = join(import.meta.dirname, "corpus");
const entries = ["requirements.txt", "pyproject.toml", "uv.lock", "poetry.lock", "Pipfile"];

function filesOf(folder: string): Files {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  return Object.fromEntries(
    files.map((file) => {
      const path = join(file.parentPath, file.name);
      return [relative(folder, path), readFileSync(path, "utf8")];
    }),
  );
}

const at = ({ file, line }: { file: string; line: number }) => `${file}:${line}`;

function sourceText(source: Source): string {
  if (source.type === "path") return source.path;
  if (source.type === "url") return source.url;
  const ref = source.ref === undefined ? "" : `@${source.ref}`;
  return `${source.type}+${source.url}${ref}${source.subdirectory === undefined ? "" : `#${source.subdirectory}`}`;
}

function requirement(each: Requirement) {
  return {
    at: at(each),
    name: each.name,
    ...(each.spelled === each.name ? {} : { spelled: each.spelled }),
    ...(each.specifiers.length === 0 ? {} : { asks: printSpecifiers(each.specifiers) }),
    ...(each.extras.length === 0 ? {} : { extras: each.extras }),
    ...(each.marker === undefined ? {} : { when: printMarker(each.marker) }),
    ...(each.source === undefined ? {} : { from: sourceText(each.source) }),
    ...(each.editable === undefined ? {} : { editable: each.editable }),
    ...(each.group === undefined ? {} : { group: each.group }),
    ...(each.hashes.length === 0 ? {} : { hashes: each.hashes.map((hash) => hash.slice(0, 12)) }),
  };
}

/** A reading as it stands in `expected.json`: what is empty is left out. */
function summary(reading: Reading) {
  const { format, project } = reading;
  const lists = {
    requirements: reading.requirements.map(requirement),
    constraints: reading.constraints.map(requirement),
    local: reading.local.map((each) => ({
      at: at(each),
      path: each.path,
      editable: each.editable,
      extras: each.extras,
    })),
    options: reading.options.map(
      (each) => `${at(each)} ${each.name}${each.value === undefined ? "" : ` ${each.value}`}`,
    ),
    locked: reading.locked.map((each) => `${at(each)} ${each.name} ${each.version} ${each.sdist?.file ?? each.source}`),
    problems: reading.problems.map((each) => `${at(each)} ${each.level}: ${each.message}`),
  };
  return {
    format,
    ...Object.fromEntries(Object.entries(lists).filter(([, list]) => list.length > 0)),
    ...(project === undefined ? {} : { project }),
  };
}

for (const name of readdirSync(corpus)) {
  test(`the files of '${name}' are read as expected`, () => {
    const { "expected.json": expected = "{}", ...files } = filesOf(join(corpus, name));
    const entry = entries.find((each) => each in files);
    assert.ok(entry, "the case has no file to begin with");
    const found = summary(read(files, entry));
    // `UPDATE=1` writes what was read; to be looked through before it is committed.
    if (process.env["UPDATE"] === "1")
      writeFileSync(join(corpus, name, "expected.json"), `${JSON.stringify(found, null, 2)}\n`);
    else assert.deepEqual(JSON.parse(JSON.stringify(found)), JSON.parse(expected));
  });
}

test("there are at least forty cases, and none is without its expected reading", () => {
  const names = readdirSync(corpus);
  assert.ok(names.length >= 40);
  for (const name of names) assert.ok(readdirSync(join(corpus, name)).includes("expected.json"), name);
});

/** `pyproject.toml`: PEP 621, dependency groups (PEP 735), and what poetry writes. */
import { brokenToml, Collector } from "./collector.ts";
import type { LocalProject, Problem, Project, Requirement } from "./model.ts";
import { normalizeName } from "./names.ts";
import { readPoetryTables } from "./poetry.ts";
import { parseRequirement } from "./requirement.ts";
import { isTable, Lines, list, parseToml, tableAt, text as asText, type Table } from "./toml.ts";

/** What a `pyproject.toml` says. */
export interface PyprojectReading {
  readonly requirements: Requirement[];
  readonly local: LocalProject[];
  readonly problems: Problem[];
  readonly project?: Project;
}

/** Reads a `pyproject.toml`. */
export function readPyproject(file: string, text: string): PyprojectReading {
  const toml = parseToml(text);
  if (!("value" in toml)) return { requirements: [], local: [], problems: [brokenToml(file, text, toml)] };
  const lines = new Lines(text);
  const collector = new Collector(file, lines);
  const project = tableAt(toml.value, "project");
  lines.header(/^\s*\[project\]/);
  collector.addList(project["dependencies"], undefined);
  for (const [extra, entries] of Object.entries(tableAt(project, "optional-dependencies")))
    collector.addList(entries, extra);
  readGroups(tableAt(toml.value, "dependency-groups"), collector);
  readPoetryTables(tableAt(toml.value, "tool", "poetry"), collector);
  const { requirements, local, problems } = collector;
  for (const name of list(project["dynamic"]))
    if (name === "dependencies" || name === "optional-dependencies")
      problems.push({
        file,
        line: lines.header(/^\s*dynamic\s*=/),
        text: `dynamic = ["${name}"]`,
        level: "error",
        message: `the ${name} are made by the build tool, and do not stand in this file`,
        help: "Give the file that the build tool takes them from, often requirements.txt.",
      });
  const described = describe(file, toml.value, lines);
  return { requirements, local, problems, ...(described === undefined ? {} : { project: described }) };
}

/** Groups may include one another; each name is the group's as it was written. */
function readGroups(groups: Table, collector: Collector): void {
  if (Object.keys(groups).length > 0) collector.lines.header(/^\s*\[dependency-groups\]/);
  const byName = new Map(Object.keys(groups).map((name) => [normalizeName(name), name]));
  for (const [group, entries] of Object.entries(groups)) {
    for (const entry of list(entries)) {
      const included = isTable(entry) ? asText(entry["include-group"]) : undefined;
      if (typeof entry === "string") collector.addText(entry, collector.lines.string(entry), group);
      // What an included group asks for stands in that group already.
      else if (included === undefined || !byName.has(normalizeName(included)))
        collector.fail(
          collector.lines.next((line) => line.includes(included ?? group)),
          included === undefined ? JSON.stringify(entry) : `include-group = "${included}"`,
          included === undefined
            ? `the group '${group}' has an entry of no known kind`
            : `there is no group '${included}'`,
          'Write requirements in quotes, or { include-group = "name" } with the name of another group.',
        );
    }
  }
}

/** The reader's own package; undefined where the file does not speak of one. */
function describe(file: string, value: Table, lines: Lines): Project | undefined {
  const project = tableAt(value, "project");
  const poetry = tableAt(value, "tool", "poetry");
  const isPoetry = Object.keys(project).length === 0 && Object.keys(poetry).length > 0;
  const table = isPoetry ? poetry : project;
  if (Object.keys(table).length === 0) return undefined;
  const line = lines.header(isPoetry ? /^\s*\[tool\.poetry\]/ : /^\s*\[project\]/);
  const optional = (key: string, name: string) => {
    const found = asText(table[key]);
    return found === undefined ? {} : { [name]: found };
  };
  const buildSystem = value["build-system"];
  const requires = list(tableAt(value, "build-system")["requires"]).flatMap((entry) => {
    const parsed = typeof entry === "string" ? parseRequirement(entry) : undefined;
    return parsed?.kind === "requirement" ? [parsed.name] : [];
  });
  return {
    file,
    line,
    ...optional("name", "name"),
    ...optional("version", "version"),
    ...optional("description", "description"),
    ...optional("requires-python", "requiresPython"),
    scripts: Object.keys(tableAt(table, "scripts")),
    ...(isTable(buildSystem) ? { buildSystem: requires } : {}),
  };
}

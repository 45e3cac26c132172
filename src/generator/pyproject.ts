/** `pyproject.toml` for approaches that need one, where the reader has none. */
import { printMarker, printSpecifiers, type Requirement } from "#requirements";
import type { ExtraFile } from "./approach.ts";
import { lineOf } from "./list-file.ts";
import type { PlannedPackage } from "./packages.ts";
import type { Plan } from "./plan.ts";
import { tomlKey, tomlList, tomlString } from "./text/toml.ts";

/** Whether the reader has given a `pyproject.toml`. */
export const hasPyproject = ({ input }: Plan): boolean => Object.hasOwn(input.files, "pyproject.toml");

const described = (plan: Plan): string[] => [
  `name = ${tomlString(plan.name)}`,
  `version = ${tomlString(plan.reading.project?.version ?? "0.1.0")}`,
  `description = ${tomlString(plan.description)}`,
];

/** A project by PEP 621: `application` with a build system and a command, else only the list of what it needs. */
export function pyprojectFiles(plan: Plan, application: boolean): ExtraFile[] {
  if (hasPyproject(plan)) return [];
  const main = plan.packages.filter(({ requirement }) => requirement.group === undefined).map(pep508);
  const groups = new Map<string, PlannedPackage[]>();
  for (const each of plan.packages) {
    const { group } = each.requirement;
    if (group !== undefined) groups.set(group, [...(groups.get(group) ?? []), each]);
  }
  const sections = [
    "[project]",
    ...described(plan),
    `requires-python = ${tomlString(`>=${plan.choices.python}`)}`,
    `dependencies = ${tomlList(main)}`,
    ...(application
      ? ["", "[project.scripts]", `${tomlKey(plan.name)} = ${tomlString(`${moduleName(plan)}:main`)}`]
      : []),
    ...(groups.size === 0 ? [] : ["", "[dependency-groups]"]),
    ...[...groups].map(([group, packages]) => `${tomlKey(group)} = ${tomlList(packages.map(pep508))}`),
    ...uvTables(plan, application),
    ...(application
      ? ["", "[build-system]", 'requires = ["setuptools>=61"]', 'build-backend = "setuptools.build_meta"']
      : []),
  ];
  return [{ path: "pyproject.toml", text: `${sections.join("\n")}\n`, about: "The project, and what it needs." }];
}

const pep508 = ({ requirement }: { requirement: Requirement }): string => lineOf(requirement, requirement.spelled);

/** The name under which Python imports the project. */
export const moduleName = ({ name }: Plan): string => name.replaceAll("-", "_").replace(/^(?=\d)/, "_");

/** What pip's options and constraints are for uv. */
function uvTables({ reading }: Plan, application: boolean): string[] {
  const limits = reading.constraints.map((each) => lineOf(each, each.spelled));
  const indexes = reading.options.filter(({ name }) => name === "--index-url" || name === "--extra-index-url");
  const tool = [
    ...(application ? [] : ["package = false"]),
    ...(limits.length === 0 ? [] : [`constraint-dependencies = ${tomlList(limits)}`]),
  ];
  const files = new Map<string, string>();
  for (const { name, source } of reading.requirements) if (source?.type === "path") files.set(name, source.path);
  const sources = [...files].map(([name, path]) => `${tomlKey(name)} = { path = ${tomlString(path)} }`);
  return [
    ...(tool.length === 0 ? [] : ["", "[tool.uv]", ...tool]),
    ...(application || sources.length === 0 ? [] : ["", "[tool.uv.sources]", ...sources]),
    ...indexes.flatMap(({ name, value = "" }) => [
      "",
      "[[tool.uv.index]]",
      `url = ${tomlString(value)}`,
      ...(name === "--index-url" ? ["default = true"] : []),
    ]),
  ];
}

/** A project in poetry's own tables, which are all that poetry2nix reads. */
export function poetryFiles(plan: Plan): ExtraFile[] {
  if (hasPyproject(plan)) return [];
  const [major, minor] = plan.choices.python.split(".").map(Number);
  const seen = new Set<string>();
  const lines = plan.packages.flatMap(({ requirement }) => {
    if (seen.has(requirement.name)) return [];
    seen.add(requirement.name);
    return [`${tomlKey(requirement.name)} = ${poetryValue(requirement)}`];
  });
  const text = [
    "[tool.poetry]",
    ...described(plan),
    "authors = []",
    "package-mode = false",
    "",
    "[tool.poetry.dependencies]",
    `python = ${tomlString(`>=${major}.${minor},<${major}.${minor! + 1}`)}`,
    ...lines,
    "",
    "[build-system]",
    'requires = ["poetry-core"]',
    'build-backend = "poetry.core.masonry.api"',
  ];
  return [{ path: "pyproject.toml", text: `${text.join("\n")}\n`, about: "The project, in poetry's tables." }];
}

function poetryValue({ specifiers, extras, marker, source }: Requirement): string {
  const version = specifiers.length === 0 ? "*" : printSpecifiers(specifiers);
  const parts: string[] = [];
  if (source?.type === "url") parts.push(`url = ${tomlString(source.url)}`);
  else if (source?.type === "path") parts.push(`path = ${tomlString(source.path)}`);
  else if (source !== undefined)
    parts.push(
      `git = ${tomlString(source.url)}`,
      ...(source.ref === undefined ? [] : [`rev = ${tomlString(source.ref)}`]),
    );
  else parts.push(`version = ${tomlString(version)}`);
  if (extras.length > 0) parts.push(`extras = [${extras.map(tomlString).join(", ")}]`);
  if (marker !== undefined) parts.push(`markers = ${tomlString(printMarker(marker))}`);
  return parts.length === 1 && source === undefined ? tomlString(version) : `{ ${parts.join(", ")} }`;
}

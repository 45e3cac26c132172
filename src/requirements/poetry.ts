/** The tables in which poetry keeps dependencies, and its own signs for versions. */
import type { Collector } from "./collector.ts";
import type { Source } from "./model.ts";
import { parseMarker, type Marker } from "./marker.ts";
import { normalizeName } from "./names.ts";
import { parseSpecifiers, type Specifier } from "./specifiers.ts";
import { isTable, list, tableAt, text, type Table } from "./toml.ts";

/** Reads `[tool.poetry.dependencies]` and the groups beside it into the collector. */
export function readPoetryTables(poetry: Table, collector: Collector): void {
  const groups: [header: RegExp, group: string | undefined, table: Table][] = [
    [/^\s*\[tool\.poetry\.dependencies\]/, undefined, tableAt(poetry, "dependencies")],
    [/^\s*\[tool\.poetry\.dev-dependencies\]/, "dev", tableAt(poetry, "dev-dependencies")],
  ];
  for (const name of Object.keys(tableAt(poetry, "group")))
    groups.push([
      new RegExp(`^\\s*\\[tool\\.poetry\\.group\\.["']?${name.replace(/\W/g, "\\$&")}["']?\\.dependencies\\]`),
      name,
      tableAt(poetry, "group", name, "dependencies"),
    ]);
  for (const [header, group, table] of groups) {
    if (Object.keys(table).length === 0) continue;
    collector.lines.header(header);
    for (const [name, value] of Object.entries(table)) {
      const line = collector.lines.key(name);
      if (name === "python") continue;
      for (const each of Array.isArray(value) ? value : [value]) addDependency(name, each, line, group, collector);
    }
  }
}

function addDependency(
  spelled: string,
  value: unknown,
  line: number,
  group: string | undefined,
  collector: Collector,
): void {
  const table: Table = isTable(value) ? value : { version: value };
  const written = isTable(value)
    ? `${spelled} = { ${Object.entries(value)
        .map(([key, each]) => `${key} = ${JSON.stringify(each)}`)
        .join(", ")} }`
    : `${spelled} = ${JSON.stringify(value)}`;
  const fail = (message: string, help: string) => collector.fail(line, written, message, help);
  const version = text(table["version"]) ?? "*";
  const specifiers = poetrySpecifiers(version);
  if (typeof specifiers === "string")
    return fail(specifiers, "Write the versions as Python does (PEP 440), as in '>=1.2,<2'.");
  const marker = markerOf(table);
  if (typeof marker === "string") return fail(marker, "Write a condition of PEP 508.");
  const source = sourceOf(table);
  collector.requirements.push({
    file: collector.file,
    line,
    text: written,
    name: normalizeName(spelled),
    spelled,
    extras: list(table["extras"]).flatMap((extra) => (typeof extra === "string" ? [normalizeName(extra)] : [])),
    specifiers,
    hashes: [],
    ...(marker === undefined ? {} : { marker }),
    ...(source === undefined ? {} : { source }),
    ...(table["develop"] === true ? { editable: true } : {}),
    ...(table["optional"] === true ? { group: "optional" } : group === undefined ? {} : { group }),
  });
}

function sourceOf(table: Table): Source | undefined {
  const git = text(table["git"]);
  if (git !== undefined) {
    const ref = text(table["rev"]) ?? text(table["tag"]) ?? text(table["branch"]);
    const subdirectory = text(table["subdirectory"]);
    return {
      type: "git",
      url: git,
      ...(ref === undefined ? {} : { ref }),
      ...(subdirectory === undefined ? {} : { subdirectory }),
    };
  }
  const url = text(table["url"]);
  if (url !== undefined) return { type: "url", url };
  const path = text(table["path"]) ?? text(table["file"]);
  return path === undefined ? undefined : { type: "path", path };
}

/** `python` and `platform` are poetry's short forms of a marker. */
function markerOf(table: Table): Marker | string | undefined {
  const parts: Marker[] = [];
  const written = text(table["markers"]);
  if (written !== undefined) {
    const marker = parseMarker(written);
    if (typeof marker === "string") return marker;
    parts.push(marker);
  }
  const python = text(table["python"]);
  if (python !== undefined) {
    const specifiers = poetrySpecifiers(python);
    if (typeof specifiers === "string") return specifiers;
    for (const { operator, version } of specifiers)
      parts.push({ type: "compare", left: { variable: "python_version" }, operator, right: { value: version } });
  }
  const platform = text(table["platform"]);
  if (platform !== undefined)
    parts.push({ type: "compare", left: { variable: "sys_platform" }, operator: "==", right: { value: platform } });
  return parts.length <= 1 ? parts[0] : { type: "and", parts };
}

/** `^1.2`, `~1.2`, `1.2` and `*` as PEP 440 says them; a sentence where it has no words for them. */
function poetrySpecifiers(constraint: string): Specifier[] | string {
  const specifiers: Specifier[] = [];
  if (constraint.includes("|")) return `'${constraint}' has alternatives, which a requirement cannot have`;
  for (const part of constraint.split(",").map((each) => each.trim())) {
    if (part === "*" || part === "") continue;
    const [, sign, version = ""] = /^(\^|~(?!=))?\s*(.*)$/.exec(part)!;
    const numbers = /^v?(\d+(?:\.\d+)*)/.exec(version)?.[1]?.split(".").map(Number);
    if (sign !== undefined) {
      if (numbers === undefined) return `'${part}' is not a version that poetry knows`;
      specifiers.push({ operator: ">=", version }, { operator: "<", version: nextVersion(numbers, sign) });
      continue;
    }
    const star = /^\d+(?:\.\d+)*\.\*$/.test(part);
    const found = parseSpecifiers(star || /^\d/.test(part) ? `==${part}` : part);
    if ("message" in found) return found.message;
    specifiers.push(...found);
  }
  return specifiers;
}

/** The first version that `^` or `~` excludes: the first number that is not 0 moves, or the second. */
function nextVersion(numbers: readonly number[], sign: string): string {
  const first = numbers.findIndex((number) => number > 0);
  const moves = sign === "~" ? Math.min(1, numbers.length - 1) : first < 0 ? numbers.length - 1 : first;
  return numbers
    .map((number, index) => (index < moves ? number : index === moves ? number + 1 : 0))
    .slice(0, moves + 1)
    .join(".");
}

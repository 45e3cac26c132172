/** `uv.lock` and `poetry.lock`: every package at the version that a resolver chose. */
import { brokenToml } from "./collector.ts";
import { parseMarker } from "./marker.ts";
import type { LockedPackage, Problem, Project, Requirement } from "./model.ts";
import { normalizeName } from "./names.ts";
import { isTable, Lines, list, parseToml, tableAt, text as asText, type Table } from "./toml.ts";

/** What a lock file says. The requirements are those of the project itself, where the lock tells them. */
export interface LockReading {
  readonly requirements: Requirement[];
  readonly locked: LockedPackage[];
  readonly problems: Problem[];
  readonly project?: Project;
}

/** Reads a `uv.lock`. */
export function readUvLock(file: string, text: string): LockReading {
  const toml = parseToml(text);
  if (!("value" in toml)) return { requirements: [], locked: [], problems: [brokenToml(file, text, toml)] };
  const lines = new Lines(text);
  const locked: LockedPackage[] = [];
  const requirements: Requirement[] = [];
  let project: Project | undefined;
  for (const entry of list(toml.value["package"])) {
    if (!isTable(entry)) continue;
    const name = asText(entry["name"]) ?? "";
    const line = lines.next((each) => each === `name = "${name}"` || each === `name = "${name}"\r`);
    const source = tableAt(entry, "source");
    if ("virtual" in source || "editable" in source) {
      const requiresPython = asText(toml.value["requires-python"]);
      project ??= { file, line, name, scripts: [], ...(requiresPython === undefined ? {} : { requiresPython }) };
      requirements.push(...directOf(file, line, entry));
      continue;
    }
    const version = asText(entry["version"]);
    if (version === undefined) continue;
    const kind =
      "git" in source ? "git" : "url" in source ? "url" : "path" in source || "directory" in source ? "path" : "index";
    const sdist = archiveOf(tableAt(entry, "sdist"));
    locked.push({
      file,
      line,
      name: normalizeName(name),
      version,
      source: kind,
      ...(sdist === undefined ? {} : { sdist }),
    });
  }
  const pinned = pin(requirements, locked);
  return { requirements: pinned, locked, problems: [], ...(project === undefined ? {} : { project }) };
}

/** What the project in a `uv.lock` asks for directly, its groups and extras included. */
function directOf(file: string, line: number, entry: Table): Requirement[] {
  const groups: [string | undefined, unknown][] = [
    [undefined, entry["dependencies"]],
    ...Object.entries(tableAt(entry, "optional-dependencies")),
    ...Object.entries(tableAt(entry, "dev-dependencies")),
  ];
  return groups.flatMap(([group, entries]) =>
    list(entries).flatMap((each): Requirement[] => {
      const spelled = isTable(each) ? asText(each["name"]) : undefined;
      if (!isTable(each) || spelled === undefined) return [];
      const marker = parseMarker(asText(each["marker"]) ?? "");
      return [
        {
          file,
          line,
          text: spelled,
          name: normalizeName(spelled),
          spelled,
          extras: list(each["extra"]).flatMap((extra) => (typeof extra === "string" ? [normalizeName(extra)] : [])),
          specifiers: [],
          hashes: [],
          ...(typeof marker === "string" ? {} : { marker }),
          ...(group === undefined ? {} : { group }),
        },
      ];
    }),
  );
}

/** Reads a `poetry.lock`. It does not tell what the project itself asks for, so that all packages are taken. */
export function readPoetryLock(file: string, text: string): LockReading {
  const toml = parseToml(text);
  if (!("value" in toml)) return { requirements: [], locked: [], problems: [brokenToml(file, text, toml)] };
  const lines = new Lines(text);
  const locked: LockedPackage[] = [];
  const requirements: Requirement[] = [];
  for (const entry of list(toml.value["package"])) {
    const name = isTable(entry) ? asText(entry["name"]) : undefined;
    const version = isTable(entry) ? asText(entry["version"]) : undefined;
    if (!isTable(entry) || name === undefined || version === undefined) continue;
    const line = lines.next((each) => each.startsWith(`name = "${name}"`));
    const type = asText(tableAt(entry, "source")["type"]);
    const files = [...list(entry["files"]), ...list(tableAt(toml.value, "metadata", "files")[name])].filter(isTable);
    const archive = files.find((each) => /\.(?:tar\.gz|zip|tar\.bz2)$/.test(asText(each["file"]) ?? ""));
    const sdist = archive === undefined ? undefined : archiveOf(archive);
    locked.push({
      file,
      line,
      name: normalizeName(name),
      version,
      source:
        type === "git" ? "git" : type === "url" ? "url" : type === "file" || type === "directory" ? "path" : "index",
      ...(sdist === undefined ? {} : { sdist }),
    });
    const group = groupOf(entry);
    requirements.push({
      file,
      line,
      text: `${name} ${version}`,
      name: normalizeName(name),
      spelled: name,
      extras: [],
      specifiers: [],
      hashes: [],
      ...(group === undefined ? {} : { group }),
    });
  }
  return { requirements: pin(requirements, locked), locked, problems: [] };
}

/** The group of a package that the main group does not need. */
function groupOf(entry: Table): string | undefined {
  const category = asText(entry["category"]);
  const groups = category === undefined ? list(entry["groups"]) : [category];
  if (groups.length === 0 || groups.includes("main")) return undefined;
  return asText(groups[0]);
}

function archiveOf(table: Table): LockedPackage["sdist"] {
  const hash = asText(table["hash"]);
  const url = asText(table["url"]);
  const file = asText(table["file"]) ?? url?.slice(url.lastIndexOf("/") + 1);
  if (hash === undefined || file === undefined || !/^sha256:[0-9a-f]{64}$/.test(hash)) return undefined;
  return { file, hash, ...(url === undefined ? {} : { url }) };
}

/** The requirements with the version that the lock fixes, where it fixes one only. */
function pin(requirements: readonly Requirement[], locked: readonly LockedPackage[]): Requirement[] {
  const versions = new Map<string, string[]>();
  for (const { name, version } of locked) versions.set(name, [...(versions.get(name) ?? []), version]);
  return requirements.map((requirement) => {
    const [version, ...more] = versions.get(requirement.name) ?? [];
    if (version === undefined || more.length > 0) return requirement;
    return { ...requirement, specifiers: [{ operator: "==", version }] };
  });
}

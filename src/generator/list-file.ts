/** A plain list of requirements for tools that do not read all that pip reads, or that read no `pyproject.toml`. */
import { isVersion, printMarker, printSpecifiers, type Requirement } from "#requirements";
import type { ExtraFile } from "./approach.ts";
import type { PlannedPackage } from "./packages.ts";
import type { Plan } from "./plan.ts";

/** The name of the list that the generator writes. */
const generatedList = "requirements-for-nix.txt";

/** Who reads the list: pip, pyproject.nix, or Nix line by line, with no more than a requirement on each. */
type Reader = "pip" | "pyproject.nix" | "lines";

/** The file with the list that the flake reads: the reader's own where the reader takes it, else one of ours. */
export function listPath(plan: Plan, reader: Reader = "pip"): string {
  return isPlain(plan, reader) ? plan.input.entry : generatedList;
}

/** Whether the reader's file is a list of names, versions and conditions, and nothing else. */
function isPlain({ reading, input, packages }: Plan, reader: Reader): boolean {
  const { format, requirements, constraints, local, options, problems, files } = reading;
  const text = input.files[input.entry] ?? "";
  const whole = new Set(requirements.map((each) => each.text));
  return (
    format === "requirements.txt" &&
    files.length === 1 &&
    [constraints, local, options].every((each) => each.length === 0) &&
    problems.every(({ level }) => level === "note") &&
    requirements.every(({ source }) => source === undefined) &&
    packages.every(({ attr, requirement }) => attr === requirement.name) &&
    !/[^\n\x20-\x7e]/.test(text) &&
    // pyproject.nix takes a hash on a line of its own only, and nothing else from a line that goes on.
    !/^[^\s#][^\n#]*\s--/m.test(text) &&
    (reader !== "pyproject.nix" || (requirements.every(isForPyprojectNix) && !/\\\n(?!\s*--)/.test(text))) &&
    (reader !== "lines" || text.split("\n").every((line) => line === "" || line.startsWith("#") || whole.has(line)))
  );
}

/**
 * Whether pyproject.nix reads a requirement as it is written. It takes a blank before `;` for a part of the version, looks
 * for an address behind the last `@`, and knows no `===`, no `v` before a version, no parentheses around versions.
 */
export function isForPyprojectNix({ text, specifiers }: Requirement): boolean {
  const head = /^[^;]*/.exec(text)![0];
  return (
    !/\(|@.*@/.test(head) &&
    (specifiers.length === 0 || head === text || !/\s$/.test(head)) &&
    specifiers.every(({ operator, version }) => operator !== "===" && !/^v/i.test(version))
  );
}

/** A line for pyproject.nix: the flake's layer knows the address. A text behind `===` that is no version has no other form. */
function lineForPyprojectNix({ requirement, attr }: PlannedPackage): string {
  const { source: _, ...rest } = requirement;
  const specifiers = requirement.specifiers
    .filter(({ version }) => isVersion(version.replace(/\.\*$/, "")))
    .map(({ operator, version }) => ({
      operator: operator === "===" ? ("==" as const) : operator,
      version: version.replace(/^v/i, ""),
    }));
  return lineOf({ ...rest, specifiers }, attr);
}

/** The generated list, where one is needed. */
export function listFiles(plan: Plan, reader: Reader = "pip"): ExtraFile[] {
  if (isPlain(plan, reader)) return [];
  const lines = plan.packages.map((each) =>
    reader === "pyproject.nix" ? lineForPyprojectNix(each) : lineOf(each.requirement, each.requirement.spelled),
  );
  const from = plan.reading.files.map((file) => `'${file}'`).join(", ") || "no file";
  plan.note("file", `'${generatedList}' holds the requirements as Nix reads them, without what only pip understands`, {
    help: `It was made from ${from}: make it anew when that changes.`,
  });
  const text = `# Made from your files by the generator of flakes.\n${lines.map((line) => `${line}\n`).join("")}`;
  return [{ path: generatedList, text, about: "The requirements as Nix reads them." }];
}

/** A requirement as PEP 508 writes it: a blank before `;` only where it ends an address. */
export function lineOf({ extras, specifiers, marker, source }: Requirement, name: string): string {
  const head = `${name}${extras.length === 0 ? "" : `[${extras.join(",")}]`}`;
  const address = source === undefined || source.type === "path" ? undefined : addressOf(source);
  const condition = marker === undefined ? "" : `${address === undefined ? "" : " "}; ${printMarker(marker)}`;
  return `${head}${address === undefined ? printSpecifiers(specifiers) : ` @ ${address}`}${condition}`;
}

function addressOf(source: Exclude<NonNullable<Requirement["source"]>, { type: "path" }>): string {
  if (source.type === "url") return source.url;
  const place = source.subdirectory === undefined ? "" : `#subdirectory=${source.subdirectory}`;
  return `${source.type}+${source.url}${source.ref === undefined ? "" : `@${source.ref}`}${place}`;
}

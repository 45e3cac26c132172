/** A plain list of requirements for tools that do not read all that pip reads, or that read no `pyproject.toml`. */
import { printMarker, printSpecifiers, type Requirement } from "#requirements";
import type { ExtraFile } from "./approach.ts";
import type { Plan } from "./plan.ts";

/** The name of the list that the generator writes. */
const generatedList = "requirements-for-nix.txt";

/** How the list is read: as pyproject.nix and pip do it, or line by line, with no more than a requirement on each. */
type Reader = "whole" | "single";

/** The file with the list that the flake reads: the reader's own where the reader takes it, else one of ours. */
export function listPath(plan: Plan, reader: Reader = "whole"): string {
  return isPlain(plan, reader) ? plan.input.entry : generatedList;
}

/** Whether the reader's file is a list of names, versions and conditions, and nothing else. */
function isPlain({ reading, input, packages }: Plan, reader: Reader): boolean {
  const { format, requirements, constraints, local, options, problems, files } = reading;
  const text = input.files[input.entry] ?? "";
  const single = new Set(requirements.map((each) => each.text));
  return (
    format === "requirements.txt" &&
    files.length === 1 &&
    [constraints, local, options].every((each) => each.length === 0) &&
    problems.every(({ level }) => level === "note") &&
    requirements.every(({ source }) => source === undefined) &&
    packages.every(({ attr, requirement }) => attr === requirement.name) &&
    !/[^\n\x20-\x7e]/.test(text) &&
    // pyproject.nix takes a hash on a line of its own only.
    !/^[^\s#][^\n#]*\s--/m.test(text) &&
    (reader === "whole" || text.split("\n").every((line) => line === "" || line.startsWith("#") || single.has(line)))
  );
}

/** The generated list, where one is needed. `name` is how a package is called in it. */
export function listFiles(
  plan: Plan,
  name: (requirement: Requirement, attr: string) => string,
  reader: Reader = "whole",
): ExtraFile[] {
  if (isPlain(plan, reader)) return [];
  const lines = plan.packages.map(({ requirement, attr }) => lineOf(requirement, name(requirement, attr)));
  const from = plan.reading.files.map((file) => `'${file}'`).join(", ") || "no file";
  plan.note("file", `'${generatedList}' holds the requirements as Nix reads them, without what only pip understands`, {
    help: `It was made from ${from}: make it anew when that changes.`,
  });
  const text = `# Made from your files by the generator of flakes.\n${lines.map((line) => `${line}\n`).join("")}`;
  return [{ path: generatedList, text, about: "The requirements as Nix reads them." }];
}

/** A requirement as PEP 508 writes it. */
export function lineOf({ extras, specifiers, marker, source }: Requirement, name: string): string {
  const head = `${name}${extras.length === 0 ? "" : `[${extras.join(",")}]`}`;
  const condition = marker === undefined ? "" : ` ; ${printMarker(marker)}`;
  const address = source === undefined || source.type === "path" ? undefined : addressOf(source);
  return `${head}${address === undefined ? printSpecifiers(specifiers) : ` @ ${address}`}${condition}`;
}

function addressOf(source: Exclude<NonNullable<Requirement["source"]>, { type: "path" }>): string {
  if (source.type === "url") return source.url;
  const place = source.subdirectory === undefined ? "" : `#subdirectory=${source.subdirectory}`;
  return `${source.type}+${source.url}${source.ref === undefined ? "" : `@${source.ref}`}${place}`;
}

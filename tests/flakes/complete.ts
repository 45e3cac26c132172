/** Whether an example is a complete repository. */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join, relative } from "node:path";
import { examplesFolder } from "./examples.ts";

const app = join(examplesFolder, "contacts");

/** The pins of the post's app, as its requirements.txt of 2022 has them. */
export const pins = [
  "click==8.1.3",
  "Flask==2.1.2",
  "importlib-metadata==4.11.4",
  "itsdangerous==2.1.2",
  "Jinja2==3.1.2",
  "MarkupSafe==2.1.1",
  "Werkzeug==2.1.2",
  "zipp==3.8.0",
];

/** What an example lacks, each a sentence that names file and example. None where it is complete. */
export function completenessProblems(folder: string, name: string): string[] {
  const problems: string[] = [];
  const wanted = ["flake.nix", "flake.lock", ".envrc", ".gitignore", "README.md"];
  for (const file of wanted) if (!existsSync(join(folder, file))) problems.push(`'${file}' is missing`);
  const poetry = existsSync(join(folder, "poetry.lock"));
  for (const file of appFiles()) {
    const own = join(folder, file);
    if (!existsSync(own)) problems.push(`'${file}' of the app is missing`);
    else if (file === "pyproject.toml" && poetry) problems.push(...poetryProblems(readFileSync(own, "utf8")));
    else if (!readFileSync(own).equals(readFileSync(join(app, file))))
      problems.push(`'${file}' differs from 'examples/contacts/${file}'`);
  }
  if (existsSync(join(folder, "README.md"))) problems.push(...readmeProblems(join(folder, "README.md")));
  return problems.map((problem) => `${name}: complete: ${problem}`);
}

/** Poetry wants its own table in `pyproject.toml`. It asks for the same pins, `flask = "2.1.2"` for `flask==2.1.2`. */
function poetryProblems(pyproject: string): string[] {
  const [, table = ""] = /^\[tool\.poetry\.dependencies\]\n([^[]*)/m.exec(pyproject) ?? [];
  const found = [...table.matchAll(/^([\w-]+) = "(\d[^"]*)"$/gm)].map(([, name, version]) => `${name}==${version}`);
  const wanted = pins.map(normalName);
  if (found.toSorted().join() === wanted.toSorted().join()) return [];
  return [`'pyproject.toml' asks for ${found.join(", ") || "nothing"}, not for the app's ${wanted.join(", ")}`];
}

function readmeProblems(file: string): string[] {
  const lines = readFileSync(file, "utf8").trimEnd().split("\n");
  const problems: string[] = [];
  if (lines.length < 5 || lines.length > 15) problems.push(`'README.md' has ${lines.length} lines, not about ten`);
  if (!lines.some((line) => /^\$ (nix|direnv|git) /.test(line))) problems.push("'README.md' shows no command");
  return problems;
}

/** The files of the app, relative to its folder; what running it leaves behind is not among them. */
function appFiles(): string[] {
  return readdirSync(app, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(app, join(entry.parentPath, entry.name)))
    .filter((file) => !/(^|\/)(__pycache__|\.pytest_cache)\/|\.pyc$|^contacts\.json$/.test(file))
    .sort();
}

/** A pin with its name as PEP 503 normalises it: `MarkupSafe==2.1.1` and `markupsafe==2.1.1` ask for the same. */
export const normalName = (pin: string) => pin.toLowerCase().replace(/[-_.]+(?=.*==)/g, "-");

/**
 * The dependencies in the app's `requirements.txt`, and those in `[project] dependencies` of its `pyproject.toml`, with
 * normal names.
 */
export function appDependencies(): { requirements: string[]; project: string[] } {
  const requirements = readFileSync(join(app, "requirements.txt"), "utf8")
    .split("\n")
    .map((line) => line.trim())
    .filter((line) => line !== "" && !line.startsWith("#"));
  const [, block = ""] =
    /^dependencies *= *\[([^\]]*)\]/m.exec(readFileSync(join(app, "pyproject.toml"), "utf8")) ?? [];
  const project = [...block.matchAll(/"([^"]+)"/g)].map(([, text = ""]) => text);
  return { requirements: requirements.map(normalName), project: project.map(normalName) };
}

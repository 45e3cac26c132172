/** From the reader's files and choices to files that work. */
import { approaches } from "./approaches/index.ts";
import { checkChoices } from "./check-choices.ts";
import type { Choices } from "./choices.ts";
import { envrcOf, gitignoreOf, workflowOf } from "./files.ts";
import { flakeDoc, inputsOf, lockedInputs } from "./flake.ts";
import { composeLock } from "./lock.ts";
import { notesOn } from "./notes.ts";
import { Plan, readingOf, type Input, type NeededFile, type Note } from "./plan.ts";
import { recommend, type Recommendation } from "./recommend.ts";
import { tableOf, type TableRow } from "./table.ts";
import { renderInSteps } from "./text/layout.ts";
import { finish, type Problem, type Steps } from "#requirements";

/** One file of the result. `yours` is a file of the reader's, as it was given. */
export interface GeneratedFile {
  readonly path: string;
  readonly text: string;
  readonly origin: "generated" | "yours";
  /** What it is, in one sentence. */
  readonly about: string;
}

/** All that comes out. */
export interface Generated {
  readonly files: readonly GeneratedFile[];
  /** The project's name, fit for a folder: as chosen, or that of `pyproject.toml`. */
  readonly name: string;
  /** The choices as they were used. */
  readonly choices: Choices;
  /** Lines of the reader's files that could not be taken over, or only with a difference. */
  readonly problems: readonly Problem[];
  readonly notes: readonly Note[];
  readonly table: readonly TableRow[];
  readonly recommendation: Recommendation;
  /** Files that another tool has to make before the flake evaluates. */
  readonly needs: readonly NeededFile[];
  /** Whether it builds as it stands, as far as the generator can know. */
  readonly builds: boolean;
  readonly nextCommands: readonly string[];
}

/** Generates a flake. Same input, same bytes. Never throws: what cannot be done is among the notes and problems. */
export const generate = (input: Input, given: Partial<Choices> = {}): Generated =>
  finish(generateInSteps(input, given));

/** The same in steps, which are short also for long lists. */
export function* generateInSteps(input: Input, given: Partial<Choices> = {}): Steps<Generated> {
  const reading = yield* readingOf(input);
  const { choices, notes } = checkChoices(given);
  const plan = new Plan(input, reading, choices, notes);
  yield;
  const approach = approaches[choices.approach];
  const contribution = approach.contribute(plan);
  const extra = approach.files?.(plan) ?? [];
  const needs = approach.needs?.(plan) ?? [];
  const yours = ownFiles(plan, new Set(extra.map(({ path }) => path)));
  notesOn(plan);
  yield;
  const flake = yield* renderInSteps(flakeDoc(plan, contribution));
  const watched = [...yours, ...extra].map(({ path }) => path).filter((path) => path !== "flake.nix");
  const files: GeneratedFile[] = [
    made("flake.nix", flake, "The flake."),
    ...(choices.lock
      ? [
          made(
            "flake.lock",
            composeLock(lockedInputs(inputsOf(plan, contribution))),
            "The revisions of the inputs, as they were checked.",
          ),
        ]
      : []),
    ...(choices.direnv
      ? [made(".envrc", envrcOf(plan, approach, [...watched, ...needs.map(({ path }) => path)]), "For direnv.")]
      : []),
    made(".gitignore", gitignoreOf(plan, approach), "What Git need not see."),
    ...(choices.ci
      ? [made(".github/workflows/check.yml", workflowOf(plan, approach), "Checks the flake on every push.")]
      : []),
    ...extra.map(({ path, text, about }) => made(path, text, about)),
    ...yours,
  ];
  // Made when they are asked for: the files of a long list are wanted sooner.
  let table: readonly TableRow[] | undefined;
  let recommendation: Recommendation | undefined;
  return {
    files,
    name: plan.name.replace(/[^a-z0-9-]+/g, "-").replace(/^-+|-+$/g, "") || "my-project",
    choices,
    problems: plan.reading.problems,
    notes: plan.notes,
    get table() {
      return (table ??= tableOf(plan));
    },
    get recommendation() {
      return (recommendation ??= recommend(plan));
    },
    needs,
    builds: needs.length === 0 && plan.notes.every(({ kind }) => kind !== "hash" && kind !== "code"),
    nextCommands: nextCommands(plan, needs, approach.run ?? []),
  };
}

const made = (path: string, text: string, about: string): GeneratedFile => ({ path, text, origin: "generated", about });

/** Names that the generator writes itself. */
const reserved = new Set(["flake.nix", "flake.lock", ".envrc", ".gitignore", ".github/workflows/check.yml"]);

/** The reader's own files, which the flake reads: those that were read, and locks. A path that leads out is left out. */
function ownFiles(plan: Plan, written: ReadonlySet<string>): GeneratedFile[] {
  const { input } = plan;
  return Object.entries(input.files).flatMap(([path, text]) => {
    const leadsOut = path.startsWith("/") || path.split("/").some((part) => part === ".." || part === "");
    if (!leadsOut && !reserved.has(path) && !written.has(path) && !path.includes("\0"))
      return [{ path, text, origin: "yours" as const, about: "Your own file." }];
    plan.note(
      "file",
      `'${path}' is not among the files: ${leadsOut ? "it lies outside the flake" : "the generator writes it itself"}`,
      {
        file: path,
      },
    );
    return [];
  });
}

function nextCommands({ choices }: Plan, needs: readonly NeededFile[], run: readonly string[]): string[] {
  const impure = approaches[choices.approach].impure === true ? " --no-pure-eval" : "";
  const commands = new Set(needs.map(({ command }) => command));
  return [
    "git add --all",
    ...(choices.lock ? [] : ["nix flake lock", "git add flake.lock"]),
    ...commands,
    ...needs.slice(0, 1).map(({ path }) => `git add ${path.replace(/^lock\..*/, "lock.*.json")}`),
    ...(choices.direnv ? ["direnv allow"] : []),
    `nix develop${impure}`,
    ...run,
  ];
}

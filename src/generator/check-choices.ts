/** Makes choices that came from anywhere (a link, a command line) into ones that hold; says what was left out. */
import {
  approachIds,
  choices as allChoices,
  defaultChoices,
  layouts,
  libraries,
  pythonsFor,
  releases,
  systems,
  type Choices,
} from "./choices.ts";
import type { Note } from "./plan.ts";
import { commentText, unfitForNix } from "./text/nix.ts";
import { isVariableName } from "./text/shell.ts";

/** Names that Nix gives to the shell itself, or that would end it. */
const taken = new Set(
  (
    "args buildCommand buildInputs builder configureFlags depsBuildBuild enableParallelBuilding env inputsFrom name " +
    "nativeBuildInputs out outputs packages passthru patches phases pname preferLocalBuild propagatedBuildInputs " +
    "propagatedNativeBuildInputs shellHook src stdenv strictDeps system version HOME NIX_BUILD_TOP NIX_STORE PATH PWD " +
    "SHELL TEMP TEMPDIR TERM TMP TMPDIR __structuredAttrs __json"
  ).split(" "),
);

/** What devenv sets itself: a second value would contradict it. */
const takenByDevenv =
  /^(?:DEVENV_.*|IN_NIX_SHELL|NIX_PYTHONPATH|PYTHONPATH|UV_PROJECT_ENVIRONMENT|UV_PYTHON_(?:DOWNLOADS|PREFERENCE)|VIRTUAL_ENV|dontAddPythonPath)$/;

/** Choices that hold, and a note for each that did not. */
export function checkChoices(given: Partial<Choices>): { choices: Choices; notes: Note[] } {
  const notes: Note[] = [];
  const refuse = (choice: string, message: string, help: string) =>
    notes.push({ kind: "refused", choice, message, help });
  const merged: Choices = { ...defaultChoices, ...given };

  const one = <Value extends string>(choice: keyof Choices, values: readonly Value[]): Value => {
    const wanted = merged[choice] as Value;
    if (values.includes(wanted)) return wanted;
    const fallback = defaultChoices[choice] as Value;
    refuse(
      choice,
      `'${commentText(String(wanted))}' is not a value of '${choice}'`,
      `Choose one of ${values.join(", ")}.`,
    );
    return fallback;
  };
  const approach = one("approach", approachIds);
  const release = one("release", releases);
  const layout = one("layout", layouts);
  const pythons = pythonsFor(approach, release);
  let python = merged.python;
  if (!pythons.includes(python)) {
    python = pythons.includes("3.13") ? "3.13" : pythons.at(-1)!;
    const where =
      approach === "poetry2nix" || approach === "dream2nix" ? `the nixpkgs of ${approach}` : `nixpkgs ${release}`;
    refuse(
      "python",
      `Python ${commentText(merged.python)} is not in ${where}; the flake takes ${python}`,
      `Choose one of ${pythons.join(", ")}.`,
    );
  }
  if ((approach === "poetry2nix" || approach === "dream2nix") && given.release !== undefined)
    notes.push({
      kind: "note",
      choice: "release",
      message: `${approach} brings the nixpkgs with which it is tested, so that the release has no say`,
    });

  const several = <Value extends string>(choice: keyof Choices, values: readonly Value[]): Value[] => {
    const wanted = merged[choice] as readonly Value[];
    for (const each of wanted)
      if (!values.includes(each))
        refuse(choice, `'${commentText(each)}' is not a value of '${choice}'`, `Choose of ${values.join(", ")}.`);
    return values.filter((each) => wanted.includes(each));
  };
  let chosenSystems = several("systems", systems);
  if (chosenSystems.includes("x86_64-darwin") && release === "unstable") {
    refuse("systems", "nixpkgs unstable has no Macs with Intel any more", "Choose release 26.05 for x86_64-darwin.");
    chosenSystems = chosenSystems.filter((system) => system !== "x86_64-darwin");
  }
  if (chosenSystems.length === 0) {
    chosenSystems = [...defaultChoices.systems];
    refuse(
      "systems",
      `no system is left to make outputs for; the flake takes ${chosenSystems.join(", ")}`,
      "Choose at least one.",
    );
  }

  const packages = [...new Set(merged.packages)].filter((path) => {
    const good = /^[A-Za-z_][\w'-]*(?:\.[A-Za-z_][\w'-]*)*$/.test(path);
    if (!good)
      refuse(
        "packages",
        `'${commentText(path)}' cannot be a package of nixpkgs`,
        "Write names such as 'ruff', with dots between parts.",
      );
    return good;
  });
  const chosenLibraries = several("libraries", libraries);

  const env = Object.fromEntries(
    Object.entries(merged.env).filter(([name, text]) => {
      const shown = commentText(name);
      const unfit = unfitForNix(text);
      const loads = name === "LD_LIBRARY_PATH" && (chosenLibraries.length > 0 || merged.cuda);
      const why = !isVariableName(name)
        ? `no shell accepts '${shown}' as the name of a variable`
        : taken.has(name) || (approach === "devenv" && takenByDevenv.test(name))
          ? `'${shown}' is a name that the shell sets itself`
          : loads
            ? "'LD_LIBRARY_PATH' is set by the chosen libraries"
            : unfit === undefined
              ? undefined
              : `the value of '${shown}' ${unfit}`;
      if (why !== undefined) refuse("env", why, "The variable is left out; give it another name or value.");
      return why === undefined;
    }),
  );
  const textual = (choice: "description" | "shellHook" | "name"): string => {
    const unfit = unfitForNix(merged[choice]);
    if (unfit === undefined) return merged[choice];
    refuse(choice, `the text of '${choice}' ${unfit}`, "It is left out.");
    return "";
  };
  let name = textual("name");
  if (name !== "" && !/^[A-Za-z0-9](?:[A-Za-z0-9._-]{0,100}[A-Za-z0-9])?$/.test(name)) {
    refuse("name", `'${commentText(name)}' is not the name of a project`, "Use letters, digits, '-', '_' and '.'.");
    name = "";
  }
  const switches = Object.fromEntries(
    allChoices
      .filter(({ kind }) => kind === "switch")
      .map(({ id }) => {
        const wanted = merged[id] as string | boolean;
        if (typeof wanted === "boolean") return [id, wanted];
        refuse(id, `'${commentText(wanted)}' is not a value of '${id}'`, "Choose yes or no.");
        return [id, defaultChoices[id]];
      }),
  ) as Pick<Choices, "cuda" | "direnv" | "formatter" | "unfree" | "ci" | "lock" | "comments">;
  const description = textual("description");
  const shellHook = textual("shellHook");
  return {
    choices: {
      ...switches,
      approach,
      release,
      layout,
      python,
      systems: chosenSystems,
      packages,
      libraries: chosenLibraries,
      env,
      shellHook,
      description,
      name,
    },
    notes,
  };
}

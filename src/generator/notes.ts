/** What the reader should know of this approach with these files: nothing of them is dropped in silence. */
import { approaches } from "./approaches/index.ts";
import type { Plan } from "./plan.ts";
import { hasPyproject, moduleName } from "./pyproject.ts";
import { nativeNames } from "./table.ts";

/** Adds the notes to the plan. */
export function notesOn(plan: Plan): void {
  const { choices, reading } = plan;
  const { versions, impure, takesFiles } = approaches[choices.approach];
  const takesIndexes = choices.approach === "uv2nix" && plan.reading.format === "requirements.txt";
  for (const { file, line, text, name } of reading.options)
    if (versions !== "pip" && !(takesIndexes && name.endsWith("index-url")))
      plan.note("note", `'${text}' is for pip, and has no part in the flake`, {
        help: name.endsWith("index-url")
          ? "Choose the approach 'uv2nix', which hands it to uv."
          : "Nothing is to be done.",
        file,
        line,
      });
  for (const { file, line, text, path } of reading.local)
    if (versions !== "pip" && !(path === "." && choices.approach === "application"))
      plan.note("note", `'${text}' is a package of your own, which this flake does not build`, {
        help:
          path === "."
            ? "Choose the approach 'application' to build it."
            : "Add it to pyproject.toml as uv's path source.",
        file,
        line,
      });
  if (takesFiles !== true)
    for (const { requirement } of plan.packages)
      if (requirement.source?.type === "path")
        plan.note(
          "note",
          `${requirement.name} comes from '${requirement.source.path}', which the flake does not read`,
          {
            help: "Another package of that name takes its place. Choose the approach 'uv2nix', which takes the file.",
            file: requirement.file,
            line: requirement.line,
          },
        );
  if (reading.constraints.length > 0 && versions === "nixpkgs")
    plan.note("note", "The limits of your constraints are not applied: nixpkgs decides the versions", {
      help: "The table shows what it has.",
      file: reading.constraints[0]!.file,
      line: reading.constraints[0]!.line,
    });
  for (const { requirement, undecided } of plan.packages)
    if (undecided)
      plan.note("note", `${requirement.name} has a condition that only the running system can answer, and is taken`, {
        file: requirement.file,
        line: requirement.line,
      });
  const natives = nativeNames(plan);
  const linux = choices.systems.some((system) => system.endsWith("linux"));
  if (versions === "pip" && linux && natives.length > 0 && choices.libraries.length === 0)
    plan.note(
      "note",
      `${natives.slice(0, 3).join(", ")} ${natives.length > 3 ? "and others " : ""}may not find libstdc++.so.6 on Linux`,
      {
        choice: "libraries",
        help: "Choose the libraries 'libstdc++' and 'zlib'.",
      },
    );
  if (choices.cuda)
    plan.note("note", "Packages with CUDA are in no public cache: your machine builds them, which takes hours", {
      choice: "cuda",
      help: "The NVIDIA driver must be installed on the host; outside NixOS its libraries lie elsewhere than /run/opengl-driver.",
    });
  if (impure === true)
    plan.note(
      "note",
      "Evaluation is impure: devenv must be told the folder, so each nix command takes --no-pure-eval",
      {
        choice: "approach",
      },
    );
  if (choices.systems.includes("x86_64-darwin") && choices.release === "26.05")
    plan.note("note", "26.05 is the last release with Macs of Intel, and warns about them", { choice: "systems" });
  if (choices.approach === "application" && !hasPyproject(plan))
    plan.note(
      "code",
      `${plan.name} builds once its code is there: a module '${moduleName(plan)}' with a function 'main'`,
      {
        help: `Write it into '${moduleName(plan)}/__init__.py', or give your own pyproject.toml.`,
      },
    );
  if (choices.approach === "pip2nix")
    plan.note(
      "note",
      "pip2nix resolves for Python 3.9 on the machine that runs it, and does not run on Apple silicon",
      {
        choice: "approach",
      },
    );
  if (choices.approach === "poetry2nix")
    plan.note("note", "poetry2nix is no longer maintained", {
      choice: "approach",
      help: "Move to uv and uv2nix in time.",
    });
}

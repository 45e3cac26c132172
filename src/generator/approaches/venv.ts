import type { Approach } from "../approach.ts";
import { listFiles, listPath } from "../list-file.ts";
import type { Plan } from "../plan.ts";
import { shellDoc } from "../shell.ts";
import { needsLib } from "./with-packages.ts";
import { shellWord } from "../text/shell.ts";

/** The command that fills the virtual environment, with the file that it reads. */
function installing(plan: Plan): { command: string; file: string; program?: string } {
  const file = isList(plan) ? listPath(plan) : plan.input.entry;
  switch (plan.reading.format) {
    case "uv.lock":
      return { command: "uv sync --frozen", file, program: "uv" };
    case "poetry.lock":
      return { command: "poetry install --no-root", file, program: "poetry" };
    case "pyproject.toml":
      return { command: isList(plan) ? installList(file) : ".venv/bin/pip install --editable .", file };
    case "requirements.txt":
      return { command: installList(file), file };
  }
}

const installList = (file: string): string => `.venv/bin/pip install --requirement ${shellWord(file)}`;

/** A project that says nothing of how it is built need not be a package; and not every Python's pip reads groups. */
const isList = ({ reading: { format, project } }: Plan): boolean =>
  format === "pyproject.toml" && project?.buildSystem === undefined;

/** Python from Nix, packages from pip. */
export const venv: Approach = {
  id: "venv",
  takesFiles: true,
  versions: "pip",
  contribute(plan) {
    const { command, file, program } = installing(plan);
    const python = `pkgs.${plan.python}`;
    return {
      inputs: [],
      shared: [],
      bindings: [],
      outputs: {
        devShells: {
          default: shellDoc(plan, {
            packages: [python, ...(program === undefined ? [] : [`pkgs.${program}`])],
            env: [
              ...(program === "uv"
                ? ([
                    ["UV_PYTHON", `${python}.interpreter`],
                    ["UV_PYTHON_DOWNLOADS", '"never"', "A Python that uv downloads does not start on NixOS."],
                  ] as const)
                : []),
              ["PIP_DISABLE_PIP_VERSION_CHECK", '"1"'],
            ],
            hook: [
              "unset PYTHONPATH SOURCE_DATE_EPOCH",
              ...(plan.choices.comments ? ["# A new list or a new Python makes the environment anew."] : []),
              `stamp="$(command -v python) $(cksum < ${shellWord(file)})"`,
              'if [ "$(cat .venv/.stamp 2> /dev/null)" != "$stamp" ]; then',
              "  python -m venv --clear .venv",
              `  ${command} && echo "$stamp" > .venv/.stamp`,
              "fi",
              ". .venv/bin/activate",
            ],
          }),
        },
      },
      usesLib: needsLib(plan),
    };
  },
  files: (plan) => (isList(plan) ? listFiles(plan) : []),
};

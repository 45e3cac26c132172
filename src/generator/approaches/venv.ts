import type { Approach } from "../approach.ts";
import type { Plan } from "../plan.ts";
import { shellDoc } from "../shell.ts";
import { needsLib } from "./with-packages.ts";
import { shellWord } from "../text/shell.ts";

/** The command that fills the virtual environment, and the program that it is of, where that is not pip. */
function installing({ input, reading }: Plan): { command: string; program?: string } {
  switch (reading.format) {
    case "uv.lock":
      return { command: "uv sync --frozen", program: "uv" };
    case "poetry.lock":
      return { command: "poetry install --no-root", program: "poetry" };
    case "pyproject.toml":
      return reading.project?.buildSystem === undefined
        ? { command: ".venv/bin/pip install --group pyproject.toml:dev ." }
        : { command: ".venv/bin/pip install --editable ." };
    case "requirements.txt":
      return { command: `.venv/bin/pip install --requirement ${shellWord(input.entry)}` };
  }
}

/** Python from Nix, packages from pip. */
export const venv: Approach = {
  id: "venv",
  versions: "pip",
  contribute(plan) {
    const { command, program } = installing(plan);
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
              `stamp="$(command -v python) $(cksum < ${shellWord(plan.input.entry)})"`,
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
};

/** The files beside `flake.nix`. */
import type { Approach } from "./approach.ts";
import type { Plan } from "./plan.ts";
import { shellWord } from "./text/shell.ts";

/** `.envrc`: enters the shell with the folder, and anew when one of the files that it is made of has changed. */
export function envrcOf(plan: Plan, { impure }: Approach, watched: readonly string[]): string {
  const say = (text: string) => (plan.choices.comments ? [`# ${text}`] : []);
  return lines([
    ...say("Enters the shell of flake.nix with this folder. Run 'direnv allow' after each change here."),
    ...(watched.length === 0 ? [] : say("direnv watches flake.nix and flake.lock by itself; these as well:")),
    ...watched.map((file) => `watch_file ${shellWord(file)}`),
    ...(impure === true ? say("devenv asks in which folder it runs, which pure evaluation does not tell.") : []),
    impure === true ? "use flake . --no-pure-eval" : "use flake",
  ]);
}

/** Lines for `.gitignore`: what Nix, direnv and the approach leave in the folder. */
export function gitignoreOf(plan: Plan, { id }: Approach): string {
  return lines([
    "result",
    ...(plan.choices.direnv ? [".direnv"] : []),
    ...(id === "venv" ? [".venv"] : []),
    ...(id === "devenv" ? [".devenv", ".venv"] : []),
    "__pycache__",
  ]);
}

/** A workflow that checks the flake. Nothing of the reader's text stands in it. */
export function workflowOf(plan: Plan, { impure, id }: Approach): string {
  const say = (text: string) => (plan.choices.comments ? [`      # ${text}`] : []);
  const pure = impure === true ? " --no-pure-eval" : "";
  return lines([
    "name: Check the flake",
    "on:",
    "  push:",
    "  pull_request:",
    "permissions:",
    "  contents: read",
    "jobs:",
    "  check:",
    "    runs-on: ubuntu-latest",
    "    steps:",
    "      - uses: actions/checkout@v4",
    "      - uses: cachix/install-nix-action@v31",
    ...say("Evaluates the outputs, and builds what stands in checks."),
    `      - run: nix flake check${pure} --print-build-logs`,
    ...say("Builds what the shell is made of."),
    `      - run: nix develop${pure} --command python --version`,
    ...(id === "venv" || id === "devenv" ? [] : ["      - run: nix build --print-build-logs"]),
  ]);
}

const lines = (all: readonly string[]): string => all.map((line) => `${line}\n`).join("");

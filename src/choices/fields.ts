/** The choices that a lesson offers, in the order of the page. The first value of each is the default. */
import type { Choices } from "./rules.ts";

interface Field {
  id: keyof Choices;
  label: string;
  values: readonly (readonly [value: string, words: string])[];
}

export const choiceFields: readonly Field[] = [
  {
    id: "os",
    label: "Machine",
    values: [
      ["x86_64-linux", "Linux or WSL on Intel or AMD"],
      ["aarch64-linux", "Linux on ARM"],
      ["aarch64-darwin", "macOS on Apple silicon"],
    ],
  },
  {
    id: "python",
    label: "Python",
    values: [
      ["3.13", "Python 3.13"],
      ["3.12", "Python 3.12"],
      ["3.11", "Python 3.11"],
    ],
  },
  {
    id: "tool",
    label: "Shell",
    values: [
      ["nix", "nix develop"],
      ["direnv", "direnv"],
    ],
  },
];

/** Whether a flake is written for the default system alone, so that the reader's takes its place. */
export const hasOneSystem = (flake: string): boolean => flake.includes("x86_64-linux") && !flake.includes("aarch64-");

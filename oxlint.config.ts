import { defineConfig, type OxlintOverride } from "oxlint";

/** What a folder of `src/` may not import (gitignore patterns; `!` allows again), and why. Tests may import anything. */
const closed: [folder: string, patterns: string[], why: string][] = [
  ["nix", ["*", "!./**", "!../**", "!@noble", "!@noble/hashes/**"], "the language needs a hash only"],
  ["requirements", ["#*", "node:*"], "it is pure, and needs no other folder"],
  ["generator", ["#*", "!#requirements", "!#inputs", "node:*"], "it is pure, and judged by what did not write it"],
  ["inputs", ["#*"], "it needs no other folder"],
  ["cli", ["#*", "!#nix", "!#generator", "!#requirements", "node:*"], "its file system and output are handed in"],
  ["runtime", ["#*", "!#cli", "!#nix", "!#inputs"], "it joins cli, nix and inputs to a host"],
  [
    "islands",
    ["#*", "!#runtime", "!#cli", "!#nix", "!#nix/syntax", "!#generator", "!#requirements", "!#exercises", "node:*"],
    "it runs in the browser",
  ],
  ["exercises", ["#*", "node:*"], "it is pure, and judges what others evaluate"],
  ["lessons", ["#*", "!#nix"], "it reads lessons and examples only"],
  ["server", ["#*"], "it only serves files"],
  ["take-home", ["#*", "!#lessons"], "it makes repositories and archives of the examples only"],
  ["components", ["#cli", "#runtime", "#server"], "what runs in the page comes through src/islands"],
  ["layouts", ["#cli", "#runtime", "#server"], "what runs in the page comes through src/islands"],
  ["pages", ["#cli", "#runtime", "#server"], "what runs in the page comes through src/islands"],
];

/** Files of the site see each other by path, downwards only; all other folders meet at their `#` names. */
const site = ["pages", "layouts", "components", "islands"];

function crossing(folder: string): string {
  const below = site.includes(folder) ? site.slice(site.indexOf(folder)) : [];
  const others = [...closed.map(([name]) => name), "scripts", "tests"].filter((name) => !below.includes(name));
  return `^(\\.\\./)+(${others.join("|")})/`;
}

function override([folder, group, why]: (typeof closed)[number]): OxlintOverride {
  const patterns = [
    { regex: crossing(folder), message: `src/${folder}: folders meet at their '#' names` },
    { group, message: `src/${folder}: ${why}` },
  ];
  return { files: [`src/${folder}/**`], rules: { "no-restricted-imports": ["error", { patterns }] } };
}

export default defineConfig({
  plugins: ["typescript", "import", "unicorn", "oxc"],
  categories: { correctness: "error" },
  ignorePatterns: ["dist", ".astro", ".cache", "examples", "tests/nix-lang/cases"],
  rules: {
    "import/no-cycle": "error",
    "typescript/no-explicit-any": "error",
    "typescript/no-floating-promises": [
      "error",
      {
        allowForKnownSafeCalls: [{ from: "package", name: ["test", "suite", "describe", "it"], package: "node:test" }],
      },
    ],
    // Playwright reads which fixtures a function takes from the braces of its first parameter, also from empty ones.
    "no-empty-pattern": ["error", { allowObjectPatternsAsParameters: true }],
    "no-shadow": "off",
  },
  overrides: [...closed.map(override), { files: ["src/**/*.test.ts"], rules: { "no-restricted-imports": "off" } }],
});

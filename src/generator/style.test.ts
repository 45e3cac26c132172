import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { approachIds, generate, presets, type Choices } from "./index.ts";

const lists: Record<string, string> = {
  none: "",
  one: "flask\n",
  many: "flask==2.1.2\nclick\nuvloop ; sys_platform == 'linux'\ncelery[redis]\nnot-in-nixpkgs-at-all>=2\n",
  addresses:
    "one @ https://example.org/one-1.0.zip\ntwo @ git+https://example.org/two@v1#subdirectory=python\n" +
    `three==1.0 --hash=sha256:${"ab".repeat(32)}\n-e .\n-i https://example.org/simple\n`,
  one_system: "flask\nappnope ; sys_platform == 'darwin' and platform_machine == 'arm64'\n",
};
const variants: Record<string, Partial<Choices>> = {
  plain: {},
  full: {
    unfree: true,
    libraries: ["zlib", "libstdc++"],
    env: { NAME: 'it\'s ${x} "y" \\', in: "" },
    packages: ["ruff", "postgresql"],
    shellHook: "echo hi\n\n\nif true; then\n  echo ''${x}\nfi",
    description: 'With "quotes" and ${holes}',
  },
  bare: { cuda: true, comments: false, formatter: false, systems: ["x86_64-linux"], shellHook: "  indented" },
  two: { systems: ["x86_64-linux", "x86_64-darwin"], libraries: ["zlib"], env: { A: "b" } },
  mac: { systems: ["aarch64-darwin"], libraries: ["zlib"], packages: ["ruff"] },
};

/** One flake of each kind that the writers can produce. */
function* flakes(): Generator<[name: string, text: string]> {
  for (const approach of approachIds)
    for (const layout of ["plain", "flake-parts"] as const)
      for (const [variant, choices] of Object.entries(variants))
        for (const [list, text] of Object.entries(lists)) {
          const { files } = generate(
            { files: { "requirements.txt": text }, entry: "requirements.txt" },
            { approach, layout, ...choices },
          );
          yield [`${approach}-${layout}-${variant}-${list}`, files[0]!.text];
        }
  for (const { id, input, choices } of presets) yield [`preset-${id}`, generate(input, choices).files[0]!.text];
}

/** The rules of README.md that a line shows by itself. */
function* brokenRules(text: string): Generator<string> {
  // What stands between '' is bash.
  const nix = text.replace(/(?<=''\n)[^]*?(?=\n *'';)/g, (bash) => bash.replace(/[^\n]/g, ""));
  for (const [index, line] of nix.split("\n").entries()) {
    const at = `line ${index + 1}: ${line}`;
    if (/\s$/.test(line)) yield `space at the end of ${at}`;
    if (/\t/.test(line)) yield `a tab in ${at}`;
    if (!/"|#/.test(line) && line.length > 100) yield `more than 100 columns in ${at}`;
    const code = line.replace(/"(?:[^"\\]|\\.)*"/g, '""').replace(/#.*$/, "");
    if (/^ *[^#'$]*\[ [^[\]()]+ [^[\]()]+ \]/.test(code)) yield `two elements of a list on ${at}`;
    if (/\{ [^{}]*;[^{}]*; \}/.test(code)) yield `two bindings on ${at}`;
  }
  const outside = text.replace(/(?<=''\n)[^]*?(?=\n *'';)/g, "");
  if (outside.includes("\n\n\n")) yield "two empty lines";
  if (!text.endsWith("}\n")) yield "no newline at the end";
}

test("every flake keeps the rules of style that README.md names", () => {
  for (const [name, text] of flakes()) assert.deepEqual([...brokenRules(text)], [], name);
});

test("nixfmt leaves every flake as it is", (context) => {
  const nixfmt = process.env["NIXFMT"];
  if (nixfmt === undefined) return context.skip("NIXFMT names no nixfmt 1.x");
  const folder = mkdtempSync(join(tmpdir(), "style-"));
  try {
    const all = [...flakes()];
    const paths = all.map(([name]) => join(folder, `${name}.nix`));
    for (const [index, [, text]] of all.entries()) writeFileSync(paths[index]!, text);
    const { status, stderr } = spawnSync(nixfmt, paths, { encoding: "utf8" });
    assert.equal(status, 0, stderr);
    for (const [index, [name, text]] of all.entries()) assert.equal(readFileSync(paths[index]!, "utf8"), text, name);
  } finally {
    rmSync(folder, { recursive: true });
  }
});

test("the same input gives the same bytes", () => {
  const first = [...flakes()];
  assert.deepEqual([...flakes()], first);
});

test("without comments there are none, and with them nothing else changes", () => {
  for (const approach of approachIds) {
    const input = { files: { "requirements.txt": lists["many"]! }, entry: "requirements.txt" };
    const { files: silent } = generate(input, { approach, comments: false });
    const { files: talking } = generate(input, { approach, comments: true });
    const code = (text: string) =>
      text
        .split("\n")
        .filter((line) => !/^\s*#/.test(line))
        .join("\n")
        .replace(/\n\n+/g, "\n");
    assert.doesNotMatch(silent[0]!.text, /^\s*#/m);
    assert.equal(code(talking[0]!.text), code(silent[0]!.text), approach);
  }
});

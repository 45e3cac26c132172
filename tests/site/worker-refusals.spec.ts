/** What no flake is: each is refused in words, and the worker goes on. */
import type { FlakeFiles } from "../../src/runtime/messages.ts";
import { openEvaluator, plain, shellSource, type EvaluatorGlobals } from "../support/evaluator.ts";
import { expect, test } from "./fixtures.ts";

/** The page's globals, for functions that run in it. */
declare const client: EvaluatorGlobals["client"];
declare const flake: EvaluatorGlobals["flake"];

const shellText = shellSource.files["flake.nix"] as string;

const lockOf = (nodes: object) => JSON.stringify({ nodes, root: "root", version: 7 });
const flakeWithInput = '{ inputs.a.url = "github:NixOS/nixpkgs"; outputs = { self, a }: { lib = a.lib.version; }; }';
const bad: Record<string, FlakeFiles["files"]> = {
  "half a file": { "flake.nix": shellText.slice(0, 400) },
  "100,000 brackets": { "flake.nix": "[".repeat(100_000) },
  "100,000 braces in outputs": { "flake.nix": `{ outputs = _: ${"{a=".repeat(100_000)}` },
  "a page of HTML": { "flake.nix": "<!doctype html><html><body>Not found</body></html>" },
  "null bytes": { "flake.nix": "{ outputs = _: \0; }" },
  "no outputs": { "flake.nix": "{ description = 1; }" },
  "an unknown variable": { "flake.nix": "{ outputs = { self }: { a = b; }; }" },
};
const badPlaceless: Record<string, FlakeFiles["files"]> = {
  "no flake.nix": { "README.md": "" },
  "a lock that is no JSON": { "flake.nix": flakeWithInput, "flake.lock": "{" },
  "a lock of another version": { "flake.nix": flakeWithInput, "flake.lock": '{"version":99}' },
  "a lock whose node is missing": {
    "flake.nix": flakeWithInput,
    "flake.lock": lockOf({ root: { inputs: { a: "a" } } }),
  },
  "inputs that follow each other": {
    "flake.nix": '{ inputs.a.follows = "b"; inputs.b.follows = "a"; outputs = _: { lib = 1; }; }',
    "flake.lock": lockOf({ root: { inputs: { a: ["b"], b: ["a"] } } }),
  },
  "a lock of odd values": {
    "flake.nix": flakeWithInput,
    "flake.lock": '{"version":7,"root":[],"nodes":{"root":null}}',
  },
};

for (const [what, files] of [...Object.entries(bad), ...Object.entries(badPlaceless)])
  test(`bad input is refused in words: ${what}`, async ({ page }) => {
    await openEvaluator(page);
    const [outcome, after] = await page.evaluate(
      async ([files, good]) => [await flake.evaluate({ files }), await flake.evaluate(good)],
      [files, plain("{ lib = 1; }")] as const,
    );
    if (outcome?.status !== "failed") throw new Error(JSON.stringify(outcome).slice(0, 500));
    expect(outcome.failure.kind).not.toBe("bug");
    expect(outcome.failure.message).not.toBe("");
    if (what in bad)
      expect(outcome.failure.place, outcome.failure.text).toMatchObject({ of: "flake", file: "flake.nix" });
    expect(after).toMatchObject({ status: "ok" });
  });

test("bytes that are no UTF-8 are read as they are", async ({ page }) => {
  await openEvaluator(page);
  const outcome = await page.evaluate((text) => {
    const bytes = Uint8Array.from({ length: text.length }, (_, at) => text.charCodeAt(at));
    return flake.evaluate({ files: { "flake.nix": bytes } });
  }, '{ outputs = { self }: { a = "\xff\xfe"; \xe9 = 1; }; }');
  expect(outcome).toMatchObject({ status: "failed", failure: { kind: "syntax", place: { line: 1 } } });
});

test("a text is checked without an evaluation", async ({ page }) => {
  await openEvaluator(page);
  const given = await page.evaluate(async () => [
    await client.parse("a.nix", "{ a = 1; }"),
    await client.parse("lib/b.nix", "{\n  a = ;\n}"),
    await client.parse("c.nix", "x: y"),
  ]);
  expect(given).toMatchObject([
    { status: "ok" },
    {
      status: "failed",
      failure: { kind: "syntax", place: { of: "flake", file: "lib/b.nix", line: 2, column: 7, length: 1 } },
    },
    { status: "failed", failure: { kind: "undefined", place: { line: 1, column: 4, length: 1 } } },
  ]);
});

test("a file that Git does not track does not exist, and Nix says what to do", async ({ page }) => {
  await openEvaluator(page);
  const files = { "flake.nix": "{ outputs = { self }: { lib = import ./more.nix; }; }", "more.nix": "{ a = 1; }" };
  const [before, after] = await page.evaluate(
    async (files) => [
      await flake.evaluate({ files, tracked: ["flake.nix"], root: "/home/you/contacts" }),
      await flake.evaluate({ files, tracked: ["flake.nix", "more.nix"] }),
    ],
    files,
  );
  expect(before).toMatchObject({
    value: {
      outputs: [
        {
          kind: "error",
          failure: {
            message:
              "Path 'more.nix' in the repository \"/home/you/contacts\" is not tracked by Git.\n\n" +
              'To make it visible to Nix, run:\n\ngit -C "/home/you/contacts" add "more.nix"',
          },
        },
      ],
    },
  });
  expect(after).toMatchObject({ value: { outputs: [{ kind: "set" }] } });
});

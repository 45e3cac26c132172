import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { approachIds, fromFragment, toFragment } from "./index.ts";

const text = fc.string({ unit: "binary" }).filter((each) => !/\p{Cs}/u.test(each));
const state = fc.record({
  input: fc
    .dictionary(text, text, { minKeys: 1 })
    .chain((files) => fc.record({ files: fc.constant(files), entry: fc.constantFrom(...Object.keys(files)) })),
  choices: fc.record(
    {
      approach: fc.constantFrom(...approachIds),
      python: fc.constantFrom("3.11", "3.12"),
      systems: fc.constantFrom<("x86_64-linux" | "aarch64-darwin")[]>(
        ["x86_64-linux"],
        ["x86_64-linux", "aarch64-darwin"],
      ),
      env: fc.dictionary(text, text, { minKeys: 1 }),
      shellHook: text.filter((each) => each !== ""),
      direnv: fc.constant(false),
      cuda: fc.constant(true),
      description: text.filter((each) => each !== ""),
    },
    { requiredKeys: [] },
  ),
});

test("a link gives back the whole state, whatever stands in it", () => {
  fc.assert(
    fc.property(state, (each) => {
      const { approach, ...choices } = each.choices;
      const shown = approach === undefined || approach === "with-packages" ? choices : { ...choices, approach };
      const back = fromFragment(`#${toFragment({ input: each.input, choices: shown })}`);
      assert.deepEqual({ ...back.input.files }, { ...each.input.files });
      assert.equal(back.input.entry, each.input.entry);
      assert.deepEqual({ ...back.choices, env: { ...back.choices.env } }, { ...shown, env: { ...shown.env } });
    }),
    { numRuns: 500 },
  );
});

test("no fragment makes the reader of links throw", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary" }), (fragment) => {
      fromFragment(fragment);
    }),
  );
});

test("a link is short, and names what it chooses", () => {
  const input = { files: { "requirements.txt": "flask" }, entry: "requirements.txt" };
  assert.equal(
    toFragment({ input, choices: { approach: "uv2nix", python: "3.13", ci: true } }),
    "approach=uv2nix&ci=yes&file.requirements.txt=flask",
  );
});

/** Texts that are no programs any more: the cases with something cut, doubled, put in or replaced. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { caseNames, folders } from "./case-run.ts";

const texts = caseNames(folders.cases)
  .map((name) => readFileSync(join(folders.cases, `${name}.nix`), "latin1"))
  .filter((text) => text.length < 2000);
const pieces = texts.flatMap((text) => text.match(/\w+|\s+|[^\w\s]/g) ?? []);

type Edit = (text: string, at: number, length: number, piece: string) => string;
const edits: readonly Edit[] = [
  (text, at, length) => text.slice(0, at) + text.slice(at + length),
  (text, at, _, piece) => text.slice(0, at) + piece + text.slice(at),
  (text, at, length, piece) => text.slice(0, at) + piece + text.slice(at + length),
  (text, at, length) => text.slice(0, at + length) + text.slice(at),
  (text, at) => text.slice(0, at),
];
const anyByte = fc.nat(255).map((byte) => String.fromCharCode(byte));

/** Byte strings that were cases before one to four edits. */
export const brokenTexts: fc.Arbitrary<string> = fc
  .tuple(
    fc.constantFrom(...texts),
    fc.array(
      fc.tuple(fc.nat(), fc.nat(12), fc.constantFrom(...edits), fc.oneof(fc.constantFrom(...pieces), anyByte)),
      { minLength: 1, maxLength: 4 },
    ),
  )
  .map(([text, all]) =>
    all.reduce((broken, [at, length, edit, piece]) => edit(broken, at % (broken.length + 1), length, piece), text),
  );

/** What a file of `content/exercises` holds. `content/README.md` says how one is written. */
import { z } from "astro/zod";

const change = z.strictObject({
  file: z.string().default("flake.nix"),
  /** Stands exactly once in the file. Without it, `put` is the whole file. */
  find: z.string().optional(),
  put: z.string(),
});

const changes = z.array(change);

const answer = z.strictObject({
  /** What is done, as a phrase: the name of the test. */
  name: z.string(),
  changes: changes.default([]),
  /** What `git add` is told: new files are untracked until then. */
  add: z.array(z.string()).default([]),
});

const check = z.strictObject({
  id: z.string(),
  /** A sentence that is true when the check passes. */
  says: z.string(),
  hint: z.string(),
  /** Made to the reader's files before the flake is evaluated: what would happen if. */
  changes: changes.default([]),
  /** A function in Nix from the flake's outputs to a boolean or `{ ok, found }`, with the names of `tools.ts`. */
  expression: z.string(),
});

export const exerciseSchema = z.strictObject({
  title: z.string().max(60),
  task: z.string(),
  example: z.string(),
  /** What differs from the example at the start. */
  start: z
    .strictObject({ changes, untracked: z.array(z.string()).default([]) })
    .default({ changes: [], untracked: [] }),
  checks: z.array(check).min(1),
  solution: answer,
  /** Further right answers, and wrong ones with the checks that they fail: for the tests. */
  right: z.array(answer).min(1),
  wrong: z.array(answer.extend({ fails: z.array(z.string()).min(1) })).min(3),
});

export type Change = z.infer<typeof change>;
export type Answer = z.infer<typeof answer>;
export type Check = z.infer<typeof check>;
export type ExerciseText = z.infer<typeof exerciseSchema>;

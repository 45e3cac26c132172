/** What came of an exercise's checks, in the form in which a page and the tests show it. */
import { applyChanges, type Work } from "./answer.ts";
import type { Check } from "./schema.ts";

/** What evaluating a check's expression gave: the value as JSON, or what went wrong, in words. */
export type CheckOutcome =
  { readonly ok: true; readonly json: string } | { readonly ok: false; readonly error: string };

/** A check with its answer: what the flake has in the place of what was wanted, or why nothing could be found. */
export interface Verdict {
  readonly check: Check;
  readonly passed: boolean;
  readonly found?: string;
  readonly error?: string;
}

/** Checks that look at the same files: the reader's own, or these with changes made to them. */
export interface Round {
  readonly work: Work;
  readonly checks: readonly Check[];
}

/** The rounds of an exercise: one evaluation each. Where changes cannot be made, because the reader has written something
 * else, `blocked` names the checks that have failed by that. */
export function roundsOf(
  { checks }: { readonly checks: readonly Check[] },
  work: Work,
): { rounds: Round[]; blocked: Verdict[] } {
  const blocked: Verdict[] = [];
  const rounds = new Map<string, { work: Work; checks: Check[] }>();
  for (const check of checks) {
    const key = JSON.stringify(check.changes);
    try {
      if (!rounds.has(key))
        rounds.set(key, { work: { ...work, files: applyChanges(work.files, check.changes) }, checks: [] });
      rounds.get(key)!.checks.push(check);
    } catch (error) {
      blocked.push({ check, passed: false, error: (error as Error).message });
    }
  }
  return { rounds: [...rounds.values()], blocked };
}

export function judge(check: Check, outcome: CheckOutcome): Verdict {
  if (!outcome.ok) return { check, passed: false, error: outcome.error };
  const value: unknown = JSON.parse(outcome.json);
  if (typeof value === "boolean") return { check, passed: value };
  if (isReport(value)) return { check, passed: value.ok, found: value.found };
  throw new Error(`the check '${check.id}' gives neither a boolean nor { ok, found }: ${outcome.json}`);
}

function isReport(value: unknown): value is { ok: boolean; found: string } {
  if (typeof value !== "object" || value === null) return false;
  return "ok" in value && typeof value.ok === "boolean" && "found" in value && typeof value.found === "string";
}

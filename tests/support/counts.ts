/** The results of a suite, or of all of them. */
export interface Counts {
  passed: number;
  failed: number;
  skipped: number;
}

/** `3 passed, 0 failed`, and `, 1 skipped` where some were. */
export function printCounts({ passed, failed, skipped }: Counts): string {
  return `${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ""}`;
}

export function addCounts(all: Counts[]): Counts {
  const sum = (key: keyof Counts) => all.reduce((total, counts) => total + counts[key], 0);
  return { passed: sum("passed"), failed: sum("failed"), skipped: sum("skipped") };
}

/**
 * The counts of a suite as they must be reported: one failure more where it ran nothing, or where its process failed and
 * no test of it did.
 */
export function judge(counts: Counts, processSucceeded: boolean): Counts & { complaint?: string } {
  if (counts.passed + counts.failed === 0) return { ...counts, failed: 1, complaint: "ran nothing" };
  if (!processSucceeded && counts.failed === 0)
    return { ...counts, failed: 1, complaint: "failed outside of its tests" };
  return counts;
}

/** The counts in Playwright's JSON report. A flaky test is a failed one. */
export function countPlaywright(report: {
  stats: { expected: number; unexpected: number; flaky: number; skipped: number };
}): Counts {
  const { expected, unexpected, flaky, skipped } = report.stats;
  return { passed: expected, failed: unexpected + flaky, skipped };
}

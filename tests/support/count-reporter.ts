/** A reporter for `node --test` that writes what `tests/run-all.ts` adds up: `{ passed, failed, skipped }` as JSON. */
import type { TestEvent } from "node:test/reporters";

export default async function* count(events: AsyncIterable<TestEvent>): AsyncGenerator<string> {
  const counts = { passed: 0, failed: 0, skipped: 0 };
  for await (const { type, data } of events) {
    if (type !== "test:pass" && type !== "test:fail") continue;
    const isFile = data.nesting === 0 && data.name === data.file;
    if (data.details.type === "suite" || (isFile && type === "test:pass")) continue;
    if (data.skip !== undefined) counts.skipped++;
    else if (type === "test:pass") counts.passed++;
    else counts.failed++;
  }
  yield JSON.stringify(counts);
}

/** Which lines of a text are new since the text before. */

/** Indices into the new lines, and how many of the old ones are gone. */
export interface LineChanges {
  readonly added: ReadonlySet<number>;
  /** Lines of the new text before which lines were taken out. */
  readonly removedBefore: ReadonlySet<number>;
  readonly removed: number;
}

/** Beyond so many changes another file stands there, and every line counts as new. */
const mostChanges = 600;

/** The fewest changes between two texts, by Myers' algorithm: its time grows with the changes, not with the texts. */
export function lineChanges(before: readonly string[], after: readonly string[]): LineChanges {
  let start = 0;
  while (start < before.length && start < after.length && before[start] === after[start]) start++;
  let end = 0;
  const most = Math.min(before.length, after.length) - start;
  while (end < most && before.at(-1 - end) === after.at(-1 - end)) end++;
  const added = new Set<number>();
  const removedBefore = new Set<number>();
  const ways = waysBetween(before.slice(start, before.length - end), after.slice(start, after.length - end));
  if (ways === undefined) return { added: new Set(after.keys()), removedBefore, removed: before.length };
  // Back from the end: each way but the first has one change more than the one before it.
  let [x, y] = [before.length - end - start, after.length - end - start];
  let removed = 0;
  for (let changes = ways.length - 1; changes > 0; changes--) {
    const way = ways[changes - 1]!;
    const isAdded = goesDown(way, x - y, changes);
    const diagonal = isAdded ? x - y + 1 : x - y - 1;
    x = way[diagonal + middle]!;
    y = x - diagonal;
    if (isAdded) added.add(start + y);
    else {
      removed++;
      removedBefore.add(Math.min(start + y, after.length - 1));
    }
  }
  return { added, removedBefore, removed };
}

/** The place of the diagonal 0 in a way. */
const middle = mostChanges + 1;

/** Whether the furthest step onto a diagonal adds a line; else it takes one out. */
const goesDown = (way: Int32Array, diagonal: number, changes: number): boolean =>
  diagonal === -changes || (diagonal !== changes && way[diagonal - 1 + middle]! < way[diagonal + 1 + middle]!);

/**
 * For each number of changes, how many old lines are behind the furthest point of each diagonal, up to the number that
 * leads to the end. A diagonal is the number of old lines less that of new ones. Undefined where there are too many.
 */
function waysBetween(before: readonly string[], after: readonly string[]): Int32Array[] | undefined {
  if (Math.abs(before.length - after.length) > mostChanges) return undefined;
  const ways: Int32Array[] = [];
  let way = new Int32Array(2 * middle + 1);
  for (let changes = 0; changes <= mostChanges; changes++) {
    const last = way;
    way = last.slice();
    ways.push(way);
    for (let diagonal = -changes; diagonal <= changes; diagonal += 2) {
      const isAdded = goesDown(last, diagonal, changes);
      let x = changes === 0 ? 0 : isAdded ? last[diagonal + 1 + middle]! : last[diagonal - 1 + middle]! + 1;
      while (x < before.length && x - diagonal < after.length && before[x] === after[x - diagonal]) x++;
      way[diagonal + middle] = x;
      if (x >= before.length && x - diagonal >= after.length) return ways;
    }
  }
  return undefined;
}

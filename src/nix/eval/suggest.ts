/** Names so near to `wanted` that Nix asks "Did you mean"; nearest first, at most three. */
export function bestMatches(names: Iterable<string>, wanted: string): string[] {
  const matches: { name: string; distance: number }[] = [];
  for (const name of new Set(names)) matches.push({ name, distance: editDistance(wanted, name) });
  matches.sort((a, b) => a.distance - b.distance || (a.name < b.name ? -1 : 1));
  const best: string[] = [];
  const limit = Math.min(matches[0]?.distance ?? 0, 2);
  for (const { name, distance } of matches) {
    if (distance > limit + 1 || distance > 2 || best.length >= 3) break;
    best.push(name);
  }
  return best;
}

/** Levenshtein's distance. */
function editDistance(a: string, b: string): number {
  let before = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 0; i < a.length; i++) {
    const row = [i + 1];
    for (let j = 0; j < b.length; j++) {
      const swap = before[j]! + (a[i] === b[j] ? 0 : 1);
      row.push(Math.min(swap, before[j + 1]! + 1, row[j]! + 1));
    }
    before = row;
  }
  return before[b.length]!;
}

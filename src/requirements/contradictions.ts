/** Requirements that cannot hold together. */
import { printMarker } from "./marker.ts";
import type { Problem, Requirement } from "./model.ts";
import { exactVersion, printSpecifiers, satisfies } from "./specifiers.ts";

/**
 * Problems of pins against other versions of the same package, also those of constraints. Only what stands under the
 * same condition is compared: under different ones, both can be right.
 */
export function contradictions(requirements: readonly Requirement[], constraints: readonly Requirement[]): Problem[] {
  const all = [...requirements, ...constraints];
  const again = namesAgain(all);
  // Most lines are alone with their package, and say one thing of it.
  const doubtful = all.filter(({ name, specifiers }) => specifiers.length > 1 || again.has(name));
  return groups(doubtful, ({ name }) => name).flatMap((same) => {
    if (same.length === 1) return among(same);
    return groups(same, ({ marker }) => (marker === undefined ? "" : printMarker(marker))).flatMap(among);
  });
}

function namesAgain(requirements: readonly Requirement[]): ReadonlySet<string> {
  const seen = new Set<string>();
  const again = new Set<string>();
  for (const { name } of requirements)
    if (seen.has(name)) again.add(name);
    else seen.add(name);
  return again;
}

function groups(requirements: readonly Requirement[], keyOf: (requirement: Requirement) => string): Requirement[][] {
  const byKey = new Map<string, Requirement[]>();
  for (const requirement of requirements) {
    const key = keyOf(requirement);
    const group = byKey.get(key);
    if (group === undefined) byKey.set(key, [requirement]);
    else group.push(requirement);
  }
  return [...byKey.values()];
}

function among(same: readonly Requirement[]): Problem[] {
  const pinned = same.find(({ specifiers }) => exactVersion(specifiers) !== undefined);
  if (pinned === undefined) return [];
  const version = exactVersion(pinned.specifiers)!;
  return same
    .filter(({ specifiers }) => !satisfies(version, specifiers))
    .map((other) => contradiction(other, pinned, version));
}

function contradiction(other: Requirement, pinned: Requirement, version: string): Problem {
  const where =
    other === pinned
      ? "the same line"
      : `line ${pinned.line}${pinned.file === other.file ? "" : ` of '${pinned.file}'`}`;
  return {
    file: other.file,
    line: other.line,
    text: other.text,
    level: "error",
    message: `'${other.spelled}${printSpecifiers(other.specifiers)}' contradicts '==${version}' in ${where}`,
    help: "No version meets both: take one of the two out.",
  };
}

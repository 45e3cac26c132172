/** `python.withPackages`: the reader's requirements as a list of packages of nixpkgs. */
import { versionInWords } from "#inputs";
import { printSpecifiers } from "#requirements";
import type { SystemId } from "./choices.ts";
import { isSatisfied, type PlannedPackage } from "./packages.ts";
import type { Plan } from "./plan.ts";
import { block, either, oneLine, stack, type Doc } from "./text/layout.ts";
import { commentText, list, nixName, nixPath, nixString } from "./text/nix.ts";

/** The reader's packages: those for all systems, and what is added to their list: extras, and those for some systems. */
export function packageLists(
  plan: Plan,
  packages: readonly PlannedPackage[],
  overridden: ReadonlySet<string>,
): { everywhere: Doc[]; added: Doc[] } {
  const everywhere: PlannedPackage[] = [];
  const somewhere = new Map<string, PlannedPackage[]>();
  for (const each of packages) {
    if (each.systems.length === plan.choices.systems.length) everywhere.push(each);
    else {
      for (const condition of conditionsFor(each.systems, plan.choices.systems))
        somewhere.set(condition, [...(somewhere.get(condition) ?? []), each]);
    }
  }
  const item = (each: PlannedPackage) => element(plan, each, overridden);
  return {
    everywhere: once(everywhere).map(item),
    added: [
      ...everywhere.flatMap(extras).map((extra) => `++ ${extra}`),
      ...[...somewhere].map(([condition, some]) => block`++ lib.optionals ${condition} ${optionalList(some, item)}`),
    ],
  };
}

/** What is asked for on several lines, with other extras on each, stands in a list once. */
function once(packages: readonly PlannedPackage[]): PlannedPackage[] {
  const seen = new Set<string>();
  return packages.filter(({ attr }) => {
    const isNew = !seen.has(attr);
    seen.add(attr);
    return isNew;
  });
}

/** An interpreter with the reader's packages. */
export function withPackagesDoc(plan: Plan, python: string, overridden: ReadonlySet<string> = new Set()): Doc {
  const { everywhere, added } = packageLists(plan, plan.wanted, overridden);
  const parts = [list(everywhere), ...added];
  if (added.length === 0) return block`${python}.withPackages (ps: ${parts[0]})`;
  const broken = block`
    ${python}.withPackages (
      ps:
      ${parts}
    )
  `;
  const flat = parts.map(oneLine);
  return flat.includes(undefined) ? broken : either(`${python}.withPackages (ps: ${flat.join(" ")})`, broken);
}

function optionalList(some: readonly PlannedPackage[], item: (each: PlannedPackage) => Doc): Doc {
  const more = some.flatMap(extras);
  if (more.length === 0) return list(some.map(item));
  return block`
    (
      ${list(once(some).map(item))}
      ${more.map((extra) => `++ ${extra}`)}
    )
  `;
}

const extras = ({ attr, requirement }: PlannedPackage): string[] =>
  requirement.extras.map((extra) => `${nixPath("ps", attr, "optional-dependencies", extra)} or [ ]`);

/** One package; what nixpkgs gives in place of what was asked for stands above it. */
function element(plan: Plan, each: PlannedPackage, overridden: ReadonlySet<string>): Doc {
  const { attr, known, requirement } = each;
  const name = `ps.${nixName(attr)}`;
  if (overridden.has(attr)) return name;
  if (known === undefined) return `(${name} or (missing ${nixString(attr)}))`;
  if (!plan.choices.comments || requirement.specifiers.length === 0) return name;
  if (isSatisfied(each, plan.choices.release) !== false) return name;
  const asked = commentText(printSpecifiers(requirement.specifiers));
  return stack([`# asked for ${asked}, nixpkgs has ${versionInWords(known)}`, name]);
}

/** The packages of which it is not known whether nixpkgs has them. */
export const unknownPackages = (plan: Plan, overridden: ReadonlySet<string> = new Set()): PlannedPackage[] =>
  plan.wanted.filter(({ attr, known }) => known === undefined && !overridden.has(attr));

/** The binding `missing`: an error that can be read, in place of "attribute missing". */
export function missingBinding(plan: Plan) {
  return {
    name: "missing",
    comment: plan.say("For packages of which it is not known here whether nixpkgs has them."),
    value: block`
      name:
      throw "nixpkgs has no Python package '\${name}'; look for it on https://search.nixos.org/packages"
    `,
  };
}

/** What is true on some of the systems only: one condition where there is a short one, else one for each of them. */
function conditionsFor(some: readonly SystemId[], all: readonly SystemId[]): string[] {
  const tests: [name: string, (system: SystemId) => boolean][] = [
    ["isLinux", (system) => system.endsWith("linux")],
    ["isDarwin", (system) => system.endsWith("darwin")],
    ["isx86_64", (system) => system.startsWith("x86_64")],
    ["isAarch64", (system) => system.startsWith("aarch64")],
  ];
  for (const [name, test] of tests)
    if (all.every((system) => test(system) === some.includes(system))) return [`pkgs.stdenv.hostPlatform.${name}`];
  return some.map((system) => `(pkgs.stdenv.hostPlatform.system == ${nixString(system)})`);
}

/** What the reader will get: each requirement beside what nixpkgs has. */
import { indexed, nearNames, versionInWords } from "#inputs";
import { printSpecifiers, type Problem } from "#requirements";
import { approaches } from "./approaches/index.ts";
import type { ApproachId } from "./choices.ts";
import { isSatisfied, pinOf, type PlannedPackage } from "./packages.ts";
import type { Plan } from "./plan.ts";

/** One line of the table. */
export interface TableRow {
  readonly name: string;
  readonly file: string;
  readonly line: number;
  /** The versions that were asked for, in words. */
  readonly asked: string;
  /** The attribute in nixpkgs' set of Python packages. */
  readonly attr: string;
  /** What this flake gives, in words. */
  readonly given: string;
  /** `same`: as asked. `other`: not as asked. `unknown`: not known here. `none`: on none of the systems. */
  readonly verdict: "same" | "other" | "unknown" | "none";
  /** The command that tells, where it is not known here. */
  readonly command?: string;
  /** Names in the index that are spelled nearly so. */
  readonly near: readonly string[];
  /** Approaches that give exactly what was asked for, where this one does not. */
  readonly exact: readonly ApproachId[];
  /** Whether the package has compiled parts, which look for native libraries. */
  readonly native: boolean;
}

/** The table for a plan. */
export function tableOf(plan: Plan): TableRow[] {
  const errors = plan.reading.problems.filter(({ level }) => level === "error").map(keyOf);
  const refused = new Set(errors);
  // The only error of a line that was taken over is that it contradicts another.
  return plan.packages.map((each) => new Row(plan, each, refused.size > 0 && refused.has(keyOf(each.requirement))));
}

const keyOf = ({ file, line, text }: Pick<Problem, "file" | "line" | "text">): string => `${file}:${line} ${text}`;

class Row implements TableRow {
  readonly name: string;
  readonly file: string;
  readonly line: number;
  readonly asked: string;
  readonly attr: string;
  readonly given: string;
  readonly verdict: TableRow["verdict"];
  declare readonly command?: string;
  readonly exact: readonly ApproachId[];
  readonly native: boolean;
  readonly #isKnown: boolean;

  constructor(plan: Plan, each: PlannedPackage, isContradicted: boolean) {
    const { requirement, attr, known, systems } = each;
    this.name = requirement.name;
    this.file = requirement.file;
    this.line = requirement.line;
    this.asked = askedOf(each);
    this.attr = attr;
    const isDecided = !isContradicted || approaches[plan.choices.approach].versions === "nixpkgs";
    this.given = isDecided ? givenBy(plan, each) : "not this: another line contradicts it";
    this.verdict = systems.length === 0 ? "none" : isDecided ? verdictOf(plan, each) : "other";
    if (this.verdict === "unknown") this.command = commandFor(plan, attr);
    const isOffered = this.verdict === "other" || this.verdict === "unknown";
    this.exact = isOffered && !isContradicted ? exactApproaches(each) : [];
    this.native = known?.native ?? false;
    this.#isKnown = known !== undefined;
  }

  /** Dear, and read of those rows only that are shown. */
  get near(): readonly string[] {
    return this.#isKnown ? [] : nearNames(this.name);
  }

  /** With what its prototype has. */
  toJSON(): TableRow {
    return Object.assign({}, this, { near: this.near });
  }
}

function askedOf({ requirement, locked }: PlannedPackage): string {
  const { specifiers, source } = requirement;
  if (source !== undefined) return source.type === "path" ? `the file ${source.path}` : `the source at ${source.url}`;
  if (specifiers.length > 0) return printSpecifiers(specifiers);
  return locked === undefined ? "any version" : `==${locked.version}`;
}

function verdictOf(plan: Plan, each: PlannedPackage): TableRow["verdict"] {
  const { versions, id } = approaches[plan.choices.approach];
  if (isLeftFile(plan, each)) return "other";
  if (versions === "pip" || (versions === "exact" && id !== "override") || isInLayer(plan, each)) return "same";
  const answer = isSatisfied(each, releaseOf(plan));
  return answer === undefined ? "unknown" : answer ? "same" : "other";
}

const isExact = (each: PlannedPackage): boolean => {
  const { source } = each.requirement;
  return source === undefined ? pinOf(each) !== undefined : source.type !== "path";
};

/** Whether it comes from the layer over nixpkgs: what has an address does in all approaches that take packages from there. */
function isInLayer({ choices }: Plan, each: PlannedPackage): boolean {
  const { versions, id } = approaches[choices.approach];
  return id === "override" ? isExact(each) : versions === "nixpkgs" && each.requirement.source !== undefined;
}

/** Whether a file was asked for that the approach does not take. */
const isLeftFile = ({ choices }: Plan, { requirement }: PlannedPackage): boolean =>
  requirement.source?.type === "path" && approaches[choices.approach].takesFiles !== true;

/** The nixpkgs of the flake, as the index names releases. Tools that bring their own have none that it knows. */
const releaseOf = ({ choices }: Plan): string =>
  choices.approach === "poetry2nix" || choices.approach === "dream2nix" ? "" : choices.release;

function givenBy(plan: Plan, each: PlannedPackage): string {
  const { versions, id } = approaches[plan.choices.approach];
  if (each.systems.length === 0) return "nothing: its condition holds on none of the systems";
  if (isLeftFile(plan, each)) return "another package of that name";
  if (versions === "pip") return "what pip finds when the shell is entered";
  const pin = pinOf(each);
  if (isInLayer(plan, each)) return pin ?? "that source";
  if (versions === "exact" && id !== "override") return pin ?? "what the lock will say";
  if (each.known === undefined) return "not known here";
  return releaseOf(plan) === indexed.release ? versionInWords(each.known) : "not known here for this release";
}

function commandFor({ choices, python }: Plan, attr: string): string {
  const branch = choices.release === "unstable" ? "nixos-unstable" : `nixos-${choices.release}`;
  const name = /^[A-Za-z_][\w'-]*$/.test(attr) ? attr : `"${attr}"`;
  return `nix eval --raw 'github:NixOS/nixpkgs/${branch}#${python}Packages.${name}.version'`;
}

/** The approaches that give a version exactly; one pin is a layer over nixpkgs, a whole list needs a lock. */
const exactApproaches = (each: PlannedPackage): ApproachId[] => (isExact(each) ? ["override", "uv2nix"] : ["uv2nix"]);

/** Compiled packages of the list, which need native libraries where they come as wheels. */
export const nativeNames = (plan: Plan): string[] =>
  plan.packages.filter(({ known }) => known?.native === true).map(({ requirement }) => requirement.name);

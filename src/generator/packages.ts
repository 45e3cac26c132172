/** From the reader's requirements to packages of nixpkgs. */
import { attributeOf, indexed, packageOfAttribute, type PythonPackage } from "#inputs";
import {
  evaluateMarker,
  exactVersion,
  satisfies,
  type LockedPackage,
  type MarkerEnvironment,
  type Reading,
  type Requirement,
} from "#requirements";
import type { SystemId } from "./choices.ts";

/** A requirement with its place in nixpkgs. */
export interface PlannedPackage {
  readonly requirement: Requirement;
  /** The attribute in the set of Python packages. */
  readonly attr: string;
  /** What the index knows of it; undefined proves nothing. */
  readonly known: PythonPackage | undefined;
  /** The systems on which its marker holds, of those that were chosen. */
  readonly systems: readonly SystemId[];
  /** Whether part of the marker could not be decided, and was taken to hold. */
  readonly undecided: boolean;
  /** What the lock file fixes. */
  readonly locked: LockedPackage | undefined;
}

/** What a marker may ask of a system. `platform_release` and `platform_version` are not known before it runs. */
function environmentOf(system: SystemId, python: string): MarkerEnvironment {
  const linux = system.endsWith("linux");
  const machine = system.startsWith("x86_64") ? "x86_64" : linux ? "aarch64" : "arm64";
  return {
    python_version: python,
    python_full_version: `${python}.0`,
    os_name: "posix",
    sys_platform: linux ? "linux" : "darwin",
    platform_system: linux ? "Linux" : "Darwin",
    platform_machine: machine,
    platform_python_implementation: "CPython",
    implementation_name: "cpython",
    implementation_version: `${python}.0`,
    extra: "",
  };
}

/** All requirements, in the reader's order. */
export function planPackages(reading: Reading, systems: readonly SystemId[], python: string): PlannedPackage[] {
  const environments = systems.map((system) => [system, environmentOf(system, python)] as const);
  const locked = new Map(reading.locked.map((each) => [each.name, each]));
  return reading.requirements.map((requirement) => {
    const { name, marker } = requirement;
    const attr = attributeOf(name);
    const answers =
      marker === undefined
        ? undefined
        : environments.map(([system, environment]) => [system, evaluateMarker(marker, environment)] as const);
    return {
      requirement,
      attr,
      known: packageOfAttribute(attr),
      systems: answers?.flatMap(([system, holds]) => (holds === false ? [] : [system])) ?? systems,
      undecided: answers?.some(([, holds]) => holds === undefined) ?? false,
      locked: locked.get(name),
    };
  });
}

/** Whether nixpkgs' version is what was asked for; undefined where it is not known for this release. */
export function isSatisfied({ known, requirement }: PlannedPackage, release: string): boolean | undefined {
  if (requirement.source !== undefined) return undefined;
  if (requirement.specifiers.length === 0) return known === undefined ? undefined : true;
  const version = versionIn(known, release);
  return version === undefined ? undefined : satisfies(version, requirement.specifiers);
}

/** The version that a release of nixpkgs has, where the index says it: the index describes one release only. */
export function versionIn(known: PythonPackage | undefined, release: string): string | undefined {
  return release === indexedRelease ? known?.seen?.version : undefined;
}

/** The exact version that is asked for, by the requirement or by the lock. */
export const pinOf = ({ requirement, locked }: PlannedPackage): string | undefined =>
  exactVersion(requirement.specifiers) ?? locked?.version;

const indexedRelease: string = indexed.release;

/** Packages in another version, or from another place, than nixpkgs has them: a layer over its set of Python packages. */
import { decodePercent } from "#requirements";
import { hashNote } from "./hash-notes.ts";
import { pinOf, versionIn, type PlannedPackage } from "./packages.ts";
import type { Plan } from "./plan.ts";
import { toSri } from "./text/hashes.ts";
import { block, pieces, stack, type Doc } from "./text/layout.ts";
import { bind, commentText, nixName, nixPath, nixString } from "./text/nix.ts";

/** A package that the layer replaces or adds. */
interface Override {
  readonly package: PlannedPackage;
  readonly version: string;
  readonly source: () => Doc;
  readonly wheel: boolean;
}

/** The packages that must come from elsewhere than nixpkgs; with `pins` also those that are pinned to another version. */
export function overridesFor(plan: Plan, pins: boolean): Override[] {
  const seen = new Set<string>();
  return plan.wanted.flatMap((each) => {
    if (seen.has(each.attr)) return [];
    const found = each.requirement.source === undefined ? (pins ? pinned(plan, each) : undefined) : direct(plan, each);
    if (found === undefined) return [];
    seen.add(each.attr);
    return [found];
  });
}

/** Signs that may stand in the name of a path of the Nix store. */
const storeName = /^[A-Za-z0-9+_?=-][A-Za-z0-9+._?=-]{0,190}$/;

/** A package pinned to a version that nixpkgs does not have, as far as that is known. */
function pinned(plan: Plan, each: PlannedPackage): Override | undefined {
  const version = pinOf(each);
  if (version === undefined || version === versionIn(each.known, plan.choices.release)) return undefined;
  const { locked, requirement } = each;
  if (!storeName.test(version)) {
    plan.note("refused", `${requirement.name} is left as nixpkgs has it: a store path cannot hold '${version}'`, {
      file: requirement.file,
      line: requirement.line,
    });
    return undefined;
  }
  const sdist = locked?.version === version ? locked.sdist : undefined;
  const hash = hashOf(plan, each, sdist?.hash);
  const { url } = sdist ?? {};
  if (url !== undefined) return { package: each, version, source: () => fetchUrl(plan, url, hash), wheel: false };
  const source = () => block`
    final.fetchPypi {
      pname = ${nixString(pypiName(each, sdist?.file))};
      version = ${nixString(version)};
      ${hashLines(plan, hash)}
    }
  `;
  return { package: each, version, source, wheel: false };
}

/** The name in that of the source archive; without a lock it is only known how the reader spells the package. */
const pypiName = ({ requirement }: PlannedPackage, file: string | undefined): string =>
  file === undefined ? requirement.spelled : file.replace(/-[^-]*$/, "");

/** The hash of a source: from the lock, or the only one of the line; else there is a note that it is to be filled in. */
function hashOf(plan: Plan, { requirement }: PlannedPackage, locked?: string): string | undefined {
  const { hashes } = requirement;
  const known = locked ?? (hashes.length === 1 ? hashes[0] : undefined);
  if (known === undefined) plan.notes.push(hashNote(requirement));
  return known;
}

const hashLines = (plan: Plan, hash: string | undefined): Doc[] =>
  hash === undefined
    ? [...plan.say("To be filled in: Nix prints the right hash behind 'got:'."), "hash = lib.fakeHash;"]
    : [`hash = ${nixString(toSri(hash))};`];

function fetchUrl(plan: Plan, url: string, hash: string | undefined): Doc {
  const file = url.slice(url.lastIndexOf("/") + 1);
  return block`
    pkgs.fetchurl {
      ${storeName.test(file) ? [] : [`name = ${nixString(safeName(file))};`]}
      url = ${nixString(url)};
      ${hashLines(plan, hash)}
    }
  `;
}

const safeName = (text: string): string =>
  decodePercent(text)
    .replace(/[^A-Za-z0-9+._?=-]+/g, "-")
    .replace(/^\.+/, "")
    .slice(-190) || "source";

/** A package that an address names. A path outside the flake cannot be read by it. */
function direct(plan: Plan, each: PlannedPackage): Override | undefined {
  const { source } = each.requirement;
  if (source === undefined || source.type === "path") return undefined;
  if (source.type === "url") {
    const url = source.url.replace(/#.*$/, "");
    const file = decodePercent(url.slice(url.lastIndexOf("/") + 1));
    const hash = hashOf(plan, each);
    const version = /-v?(\d[\w.+!]*?)(?:-.*\.whl|\.tar\.\w+|\.zip|\.tgz)?$/.exec(file)?.[1] ?? "0";
    return {
      package: each,
      version: safeName(version),
      source: () => fetchUrl(plan, url, hash),
      wheel: file.endsWith(".whl"),
    };
  }
  const rev = source.ref ?? "HEAD";
  if (source.ref === undefined)
    plan.note(
      "note",
      `${each.requirement.name} names no commit: what is fetched, and its hash, change with the branch`,
      {
        help: "Put '@' and a commit or a tag behind the address.",
        file: each.requirement.file,
        line: each.requirement.line,
      },
    );
  const hash = hashOf(plan, each);
  const fetched = () => block`
    pkgs.${source.type === "hg" ? "fetchhg" : "fetchgit"} {
      url = ${nixString(source.url)};
      rev = ${nixString(rev)};
      ${hashLines(plan, hash)}
    }
  `;
  const { subdirectory } = source;
  return {
    package: each,
    version: /^v?(\d+(?:\.\d+)*)$/.exec(rev)?.[1] ?? "0",
    source: subdirectory === undefined ? fetched : () => stack([fetched(), `+ ${nixString(`/${subdirectory}`)}`]),
    wheel: false,
  };
}

/** The attributes that the layer replaces. */
export const overriddenNames = (overrides: readonly Override[]): ReadonlySet<string> =>
  new Set(overrides.map((each) => each.package.attr));

/**
 * The interpreter with the layer over its packages: a value that names itself `python`. Packages of which it is not known
 * whether nixpkgs has them are given a readable error.
 */
export function overriddenPython(
  plan: Plan,
  overrides: readonly Override[],
  unknown: readonly PlannedPackage[] = [],
): Doc {
  return block`
    let
      python = pkgs.${plan.python}.override {
        ${plan.say("The set of packages must be built with this very interpreter.")}
        self = python;
        packageOverrides = final: prev: {
          ${pieces(overrides, (each) => layer(plan, each))}
          ${unknown.map(({ attr }) => `${nixName(attr)} = ${nixPath("prev", attr)} or (missing ${nixString(attr)});`)}
        };
      };
    in
    python
  `;
}

function layer(plan: Plan, { package: { attr, known, requirement }, version, source, wheel }: Override): Doc {
  const bindings = [`version = ${nixString(version)};`, bind("src", source())];
  if (known !== undefined)
    return block`
      ${nixName(attr)} = ${nixPath("prev", attr)}.overridePythonAttrs (old: {
        ${bindings}
        ${wheel ? ["pyproject = null;", 'format = "wheel";'] : []}
      });
    `;
  return stack([
    ...plan.say(`Built from scratch: name what ${commentText(requirement.name)} itself needs in dependencies.`),
    block`
      ${nixName(attr)} = final.buildPythonPackage {
        pname = ${nixString(requirement.name)};
        ${bindings}
        ${wheel ? ['format = "wheel";'] : ["pyproject = true;", "build-system = [ final.setuptools ];"]}
        dependencies = [ ];
      };
    `,
  ]);
}

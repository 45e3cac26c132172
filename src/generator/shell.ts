/** `mkShell`: the programs, variables and hook that every approach but devenv puts into its shell alike. */
import type { LibraryId } from "./choices.ts";
import type { Plan } from "./plan.ts";
import { block, stack, type Doc } from "./text/layout.ts";
import { bind, list, nixName, nixPath, nixString, nixText, set } from "./text/nix.ts";

/** What an approach puts into its shell, before what the reader has chosen. */
export interface ShellParts {
  readonly packages: readonly Doc[];
  /** Variables with their values in Nix. */
  readonly env?: readonly (readonly [name: string, value: string, comment?: string])[];
  readonly hook?: readonly string[];
  readonly inputsFrom?: readonly string[];
}

const attributes: Readonly<Record<LibraryId, string>> = {
  "libstdc++": "pkgs.stdenv.cc.cc.lib",
  zlib: "pkgs.zlib",
  openssl: "pkgs.openssl",
  sqlite: "pkgs.sqlite",
  libffi: "pkgs.libffi",
  libGL: "pkgs.libGL",
  glib: "pkgs.glib",
};

/** The programs that the reader has chosen. */
export const chosenPrograms = ({ choices }: Plan): string[] =>
  choices.packages.map((path) => `pkgs.${nixPath(...path.split("."))}`);

/** The native libraries that the reader has chosen; with CUDA the host's driver is among them. */
export function chosenLibraries({ choices }: Plan): string[] {
  const found = choices.libraries.map((library) => attributes[library]);
  return choices.cuda ? [...found, nixString("/run/opengl-driver")] : found;
}

/** Whether the flake is for a Linux, and whether it is for anything else. */
export function linuxAmong({ choices: { systems } }: Plan): { some: boolean; all: boolean } {
  const linux = systems.filter((system) => system.endsWith("linux"));
  return { some: linux.length > 0, all: linux.length === systems.length };
}

/** A shell. */
export function shellDoc(plan: Plan, parts: ShellParts): Doc {
  const packages = [...parts.packages, ...chosenPrograms(plan)];
  // A variable of the reader's goes before one of ours.
  const ours = (parts.env ?? []).filter(([name]) => !Object.hasOwn(plan.choices.env, name));
  const variables = [...ours, ...chosenVariables(plan)];
  const hook = [...(parts.hook ?? []), ...(plan.choices.shellHook === "" ? [] : [plan.choices.shellHook])].join("\n");
  return block`
    pkgs.mkShell {
      ${parts.inputsFrom && bind("inputsFrom", list(parts.inputsFrom))}
      ${packages.length > 0 ? bind("packages", list(packages)) : []}
      ${environment(plan, variables)}
      ${hook === "" ? [] : [bind("shellHook", nixText(hook.endsWith("\n") ? hook : `${hook}\n`))]}
    }
  `;
}

/** The reader's own variables. */
export const chosenVariables = ({ choices }: Plan): (readonly [string, string])[] =>
  Object.entries(choices.env).map(([name, value]) => [name, nixString(value)]);

function environment(plan: Plan, variables: NonNullable<ShellParts["env"]>): Doc[] {
  const own = variables.flatMap(([name, value, comment]) => [
    ...(comment === undefined ? [] : plan.say(comment)),
    bind(nixName(name), value),
  ]);
  const libraries = chosenLibraries(plan);
  const linux = linuxAmong(plan);
  if (libraries.length === 0 || !linux.some) return own.length === 0 ? [] : [bind("env", set(own))];
  const path = [
    ...plan.say("Compiled wheels look for these libraries. The programs that this shell starts see them too."),
    bind("LD_LIBRARY_PATH", block`lib.makeLibraryPath ${list(libraries)}`),
  ];
  if (linux.all) return [bind("env", set([...own, ...path]))];
  const onLinux = block`lib.optionalAttrs pkgs.stdenv.hostPlatform.isLinux ${set(path)}`;
  if (own.length === 0) return [bind("env", onLinux)];
  return [bind("env", stack([set(own), block`// ${onLinux}`]))];
}

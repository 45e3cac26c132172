import { Attrs } from "../eval/attrs.ts";
import { describeType } from "../eval/describe.ts";
import { NixError } from "../eval/errors.ts";
import { asNixError } from "../eval/failures.ts";
import { current } from "../eval/machine.ts";
import { isDerivation, printForError, printOrigin } from "../eval/print.ts";
import { force, Lambda, type Lazy } from "../eval/values.ts";
import { coerceToPath } from "../builtins/paths.ts";
import { coerce, forceSet, forceText } from "../builtins/support.ts";
import type { Place } from "../syntax/source.ts";

/** How outputs are checked. */
export interface CheckOptions {
  readonly system: string;
  readonly allSystems: boolean;
  /** What Nix is doing, as it says it; `warn` gets warnings without that word. */
  readonly doing: (text: string) => void;
  readonly warn: (message: string) => void;
}

/** What the check found out, beyond that nothing is wrong. */
export interface CheckResult {
  /** Systems whose outputs were left out, in order. */
  readonly omitted: readonly string[];
  /** The derivations that `nix flake check` would build: those of `checks`. */
  readonly toBuild: readonly string[];
}

/** A check of the value at an attribute path. */
type Check = (checker: Checker, path: string, value: Lazy, place: Place | undefined) => void;

const replacements: Readonly<Record<string, string>> = {
  defaultPackage: "packages.<system>.default",
  defaultApp: "apps.<system>.default",
  defaultTemplate: "templates.default",
  defaultBundler: "bundlers.<system>.default",
  overlay: "overlays.default",
  devShell: "devShells.<system>.default",
  nixosModule: "nixosModules.default",
};

/** Outputs that Nix knows and does not look into. */
const unchecked = new Set(
  (
    "lib darwinConfigurations darwinModules flakeModule flakeModules herculesCI homeConfigurations homeModule " +
    "homeModules nixopsConfigurations"
  ).split(" "),
);

const each =
  (check: Check): Check =>
  (checker, path, value) => {
    for (const [name, item, place] of checker.members(value)) check(checker, `${path}.${name}`, item, place);
  };
const eachSystem =
  (check: Check): Check =>
  (checker, path, value) => {
    for (const [system, item, place] of checker.members(value)) {
      checker.systemName(system, place);
      if (checker.wantsSystem(system)) check(checker, `${path}.${system}`, item, place);
    }
  };

const derivation: Check = (checker, path, value, place) => void checker.derivation(path, value, place);
const app: Check = (checker, path, value, place) => checker.app(path, value, place);
const template: Check = (checker, path, value, place) => checker.template(path, value, place);
const overlay: Check = (checker, path, value, place) => checker.overlay(path, value, place);
const module: Check = (checker, path, value, place) => checker.module(path, value, place);
const bundler: Check = (checker, path, value, place) => checker.bundler(path, value, place);

/** What is checked of each kind of output. */
const kinds: Readonly<Record<string, Check>> = {
  checks: (checker, path, value) =>
    eachSystem(
      each((inner, name, item, place) => {
        const drvPath = inner.derivation(name, item, place);
        if (drvPath !== undefined && name.startsWith(`checks.${inner.system}.`)) inner.toBuild.push(drvPath);
      }),
    )(checker, path, value, undefined),
  formatter: eachSystem(derivation),
  packages: eachSystem(each(derivation)),
  devShells: eachSystem(each(derivation)),
  apps: eachSystem(each(app)),
  defaultPackage: eachSystem(derivation),
  devShell: eachSystem(derivation),
  defaultApp: eachSystem(app),
  legacyPackages: eachSystem(() => {}),
  overlay,
  overlays: each(overlay),
  nixosModule: module,
  nixosModules: each(module),
  nixosConfigurations: each((checker, path, value, place) => checker.nixos(path, value, place)),
  hydraJobs: (checker, path, value, place) => checker.hydraJobs(path, value, place),
  defaultTemplate: template,
  templates: each(template),
  defaultBundler: eachSystem(bundler),
  bundlers: eachSystem(each(bundler)),
};

/** Checks a flake's outputs as `nix flake check --no-build` does. @throws NixError for the first thing that is wrong */
export function checkOutputs(outputs: Attrs, options: CheckOptions): CheckResult {
  const checker = new Checker(options);
  options.doing("evaluating flake...");
  const names = sourceOrder(outputs);
  for (const name of [
    ...names.filter((each) => each === "hydraJobs"),
    ...names.filter((each) => each !== "hydraJobs"),
  ]) {
    const place = outputs.placeOf(name);
    options.doing(`checking flake output '${name}'...`);
    checker.traced(`while checking flake output '${name}'`, place, () => {
      const value = outputs.get(name)!;
      force(value);
      const replacement = replacements[name];
      if (replacement !== undefined)
        options.warn(`flake output attribute '${name}' is deprecated; use '${replacement}' instead`);
      const check = Object.hasOwn(kinds, name) ? kinds[name] : undefined;
      if (check !== undefined) check(checker, name, value, place);
      else if (!unchecked.has(name)) options.warn(`unknown flake output '${name}'`);
    });
  }
  return { omitted: [...checker.omitted].sort(), toBuild: checker.toBuild };
}

/** The names of a set as they follow one another in the source, which is nearly always the order in which Nix checks. */
function sourceOrder(set: Attrs): string[] {
  const offset = (name: string) => set.placeOf(name)?.offset ?? -1;
  return [...set.names()].sort((a, b) => offset(a) - offset(b));
}

class Checker {
  readonly system: string;
  readonly omitted = new Set<string>();
  readonly toBuild: string[] = [];
  private readonly options: CheckOptions;

  constructor(options: CheckOptions) {
    this.options = options;
    this.system = options.system;
  }

  /** Adds a line of context to what goes wrong in `action`. */
  traced<T>(text: string, place: Place | undefined, action: () => T): T {
    try {
      return action();
    } catch (caught) {
      const error = asNixError(caught);
      if (error instanceof NixError) error.trace(text, place);
      throw error;
    }
  }

  /** A set's members in the order in which they stand in the source. */
  members(value: Lazy): [name: string, value: Lazy, place: Place | undefined][] {
    const set = forceSet(value, "");
    return sourceOrder(set).map((name) => [name, set.get(name)!, set.placeOf(name)]);
  }

  systemName(system: string, place: Place | undefined): void {
    if (!system.includes("-"))
      throw new NixError("eval", `'${system}' is not a valid system type, at ${showPlace(place)}`);
  }

  wantsSystem(system: string): boolean {
    if (this.options.allSystems || system === this.system) return true;
    this.omitted.add(system);
    return false;
  }

  /** The path of its `.drv` file. */
  derivation(path: string, value: Lazy, place: Place | undefined): string | undefined {
    return this.traced(`while checking the derivation '${path}'`, place, () => {
      this.options.doing(`checking derivation ${path}...`);
      const forced = force(value);
      if (!(forced instanceof Attrs) || !isDerivation(forced))
        throw new NixError("eval", `flake attribute '${path}' is not a derivation`);
      const name = forced.get("name");
      if (name === undefined) throw new NixError("type", "derivation name missing");
      forceText(name, "while evaluating the 'name' attribute of a derivation");
      const drvPath = forced.get("drvPath");
      if (drvPath === undefined) return undefined;
      const what = "while evaluating the 'drvPath' attribute of a derivation";
      const text = coerce(drvPath, new Set(), what, false, false);
      this.options.doing(`derivation evaluated to ${text}`);
      return text;
    });
  }

  app(path: string, value: Lazy, place: Place | undefined): void {
    this.traced(`while checking the app definition '${path}'`, place, () => {
      this.options.doing(`checking app '${path}'...`);
      const set = forceSet(value, "");
      const type = set.get("type");
      if (type === undefined) throw new NixError("eval", `app '${path}' lacks attribute 'type'`);
      forceText(type, "");
      const program = set.get("program");
      if (program === undefined) throw new NixError("eval", `app '${path}' lacks attribute 'program'`);
      const text = force(program);
      if (typeof text !== "string") coerceString(program);
      const meta = set.get("meta");
      if (meta === undefined) this.options.warn(`app '${path}' lacks attribute 'meta'`);
      else {
        const description = forceSet(meta, "").get("description");
        if (description === undefined) this.options.warn(`app '${path}' lacks attribute 'meta.description'`);
        else forceText(description, "");
      }
      this.only(set, ["type", "program", "meta"], `app '${path}'`);
    });
  }

  private only(set: Attrs, allowed: readonly string[], what: string): void {
    for (const name of sourceOrder(set))
      if (!allowed.includes(name)) throw new NixError("eval", `${what} has unsupported attribute '${name}'`);
  }

  overlay(path: string, value: Lazy, place: Place | undefined): void {
    this.traced(`while checking the overlay '${path}'`, place, () => {
      this.options.doing(`checking overlay '${path}'...`);
      const fn = force(value);
      if (!(fn instanceof Lambda))
        throw new NixError("eval", `overlay is not a function, but ${describeType(fn)} instead`);
      const { formalsSet, args } = fn.code;
      const isFinal = ["final", "_", "_final"].includes(args[0] ?? "");
      if (formalsSet !== undefined || !isFinal)
        throw new NixError("eval", "overlay does not take an argument named 'final'");
    });
  }

  module(path: string, value: Lazy, place: Place | undefined): void {
    this.traced(`while checking the NixOS module '${path}'`, place, () => {
      this.options.doing(`checking NixOS module '${path}'...`);
      force(value);
    });
  }

  bundler(path: string, value: Lazy, place: Place | undefined): void {
    this.traced(`while checking the template '${path}'`, place, () => {
      this.options.doing(`checking bundler '${path}'...`);
      if (!(force(value) instanceof Lambda)) throw new NixError("eval", "bundler must be a function");
    });
  }

  hydraJobs(path: string, value: Lazy, place: Place | undefined): void {
    this.traced(`while checking the Hydra jobset '${path}'`, place, () => {
      this.options.doing(`checking Hydra job '${path}'...`);
      const set = forceSet(value, "");
      if (isDerivation(set)) throw new NixError("eval", "jobset should not be a derivation at top-level");
      for (const [name, item, at] of this.members(set)) {
        const below = `${path}.${name}`;
        if (isDerivation(forceSet(item, ""))) this.derivation(below, item, at);
        else this.hydraJobs(below, item, at);
      }
    });
  }

  nixos(path: string, value: Lazy, place: Place | undefined): void {
    this.traced(`while checking the NixOS configuration '${path}'`, place, () => {
      this.options.doing(`checking NixOS configuration '${path}'...`);
      const selection = "config.system.build.toplevel";
      let at: Lazy = value;
      for (const name of selection.split(".")) {
        const set = force(at);
        if (!(set instanceof Attrs))
          throw new NixError(
            "type",
            `the expression selected by the selection path '${selection}' should be a set but is ${describeType(set)}`,
          );
        const next = set.get(name);
        if (next === undefined)
          throw new NixError("eval", `attribute '${name}' in selection path '${selection}' not found`);
        at = next;
      }
      const toplevel = force(at);
      if (!(toplevel instanceof Attrs) || !isDerivation(toplevel))
        throw new NixError("eval", `attribute '${selection}' is not a derivation`);
    });
  }

  template(path: string, value: Lazy, place: Place | undefined): void {
    this.traced(`while checking the template '${path}'`, place, () => {
      this.options.doing(`checking template '${path}'...`);
      const set = forceSet(value, "");
      const folder = set.get("path");
      if (folder === undefined) throw new NixError("eval", `template '${path}' lacks attribute 'path'`);
      const at = coerceToPath(folder, new Set(), "");
      const { files } = current();
      if (files.typeAt(files.resolve(at, "ancestors")) === undefined)
        throw new NixError("eval", `template '${path}' refers to a non-existent path '${at}'`);
      const description = set.get("description");
      if (description === undefined) throw new NixError("eval", `template '${path}' lacks attribute 'description'`);
      forceText(description, "");
      this.only(set, ["path", "description", "welcomeText"], `template '${path}'`);
    });
  }
}

function coerceString(value: Lazy): void {
  const forced = force(value);
  if (typeof forced !== "object" || forced === null || !("text" in forced))
    throw new NixError("type", `expected a string but found ${describeType(forced)}: ${printForError(forced)}`);
}

function showPlace(place: Place | undefined): string {
  if (place === undefined) return "\u00c2\u00abnone\u00c2\u00bb";
  const { line, column } = place.source.at(place.offset);
  return `${printOrigin(place.source)}:${line}:${column}`;
}

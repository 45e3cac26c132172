/** Evaluates a flake while the site is built, as the worker does it in the page. */
import { join } from "node:path";
import { flakeOutputs } from "../flake-outputs.ts";
import type { FlakeFiles, FlakeOutputs } from "../messages.ts";
import { packsAtHand } from "../packs.ts";
import { Workspace } from "../workspace.ts";
import { makePacks } from "./packs.ts";

let workspace: Workspace | undefined;

/** The outputs of a flake, on all systems, with stand-ins for its inputs. @throws Refusal where it does not evaluate */
export function evaluateFlake(source: FlakeFiles): FlakeOutputs {
  workspace ??= makeWorkspace();
  // One number for all: what was read of a flake is data, so that the next one may take its place.
  workspace.set(0, source);
  return flakeOutputs(workspace.get(0), true);
}

/** A workspace with all stand-ins at hand. */
export function makeWorkspace(): Workspace {
  // The build of the site bundles this module into another folder, so its own place says nothing.
  return new Workspace(packsAtHand(Object.fromEntries(makePacks(join(process.cwd(), "src/inputs")))));
}

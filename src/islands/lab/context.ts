/** What the parts of a lab share: each attaches itself to a place of the page and works on the same project. */
import type { EvaluatorClient, FlakeFiles } from "#runtime";
import { mount as mountProgress } from "../progress/lab-part.ts";
import type { Project } from "./project.ts";

/** Where the project stands, as commands and messages name it. */
export const labRoot = "/home/you/contacts";

export interface LabContext {
  /** The example's name, `05-devenv`; `own` for files that came from elsewhere. */
  readonly slug: string;
  readonly project: Project;
  /** The worker that all parts share; it answers one question after another. */
  readonly client: EvaluatorClient;
  readonly root: typeof labRoot;
  /** Whether the reader brought these files just now: then nothing that was kept may come in their place. */
  readonly isNew: boolean;
  /** The project as it is now, with what the evaluator has to know besides its files. */
  source(): FlakeFiles;
}

/** Attaches a part to its place. */
export type MountPart = (lab: LabContext, place: HTMLElement) => void | Promise<void>;

/**
 * The parts that attach themselves, by their `data-place`. `progress` stands in the bar, and is waited for before anything
 * is shown, so that what was kept is there at once: it comes with the lab. The others are loaded when the editor is ready.
 */
export const parts: Readonly<Record<string, (() => Promise<{ mount: MountPart }>) | undefined>> = {
  progress: async () => ({ mount: mountProgress }),
  exercises: () => import("../lab-exercises/index.ts"),
  terminal: () => import("../terminal/index.ts"),
};

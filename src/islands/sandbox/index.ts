import { addressOf } from "../address.ts";
import { element } from "../dom.ts";
import type { LabContext } from "../lab/context.ts";
import { bootSandbox, NoSandbox } from "./boot.ts";
import { ContainerShell } from "./container-shell.ts";
import { Exchange } from "./exchange.ts";
import { mountTree, prepare } from "./mount-tree.ts";

const folder = "contacts";

/** Starts a sandbox with the lab's files and shows its terminal in a place. Where it cannot start, one sentence says why. */
export async function openSandbox({ project }: Pick<LabContext, "project">, place: HTMLElement): Promise<void> {
  const state = element("p", { role: "status" }, "Starting the sandbox from stackblitz.com…");
  const bar = element("progress", { "aria-label": "Starting the sandbox" });
  place.replaceChildren(bar, state);
  try {
    const [container, bundle] = await Promise.all([bootSandbox(), loadBundle()]);
    await prepare(container, mountTree(folder, project.files, bundle));
    const exchange = new Exchange(project, container, folder);
    const shell = new ContainerShell(container, { project: folder, exchange });
    const { showTerminal } = await import("../terminal/view.ts");
    const screen = element("div", { class: "terminal-screen" });
    place.replaceChildren(screen);
    showTerminal(shell, screen);
  } catch (error) {
    const reason =
      error instanceof NoSandbox ? error.message : `The sandbox did not start: ${(error as Error).message}.`;
    place.replaceChildren(element("p", { role: "alert" }, `${reason} The terminal above works without it.`));
  }
}

async function loadBundle(): Promise<string> {
  const response = await fetch(addressOf("/cli/flakes.mjs"));
  if (!response.ok) throw new NoSandbox("This site lacks the file with its nix command.");
  return response.text();
}

import { addressOf } from "../address.ts";
import { element } from "../dom.ts";
import type { LabContext } from "../lab/context.ts";
import { bootSandbox, NoSandbox } from "./boot.ts";
import { ContainerShell } from "./container-shell.ts";
import { Exchange } from "./exchange.ts";
import { mountTree, prepare, served } from "./mount-tree.ts";

const folder = "contacts";

/** Starts a sandbox with the lab's files and shows its terminal in a place. Where it cannot start, one sentence says why. */
export async function openSandbox({ project }: Pick<LabContext, "project">, place: HTMLElement): Promise<void> {
  const state = element("p", { role: "status" }, "Starting the sandbox from stackblitz.com…");
  const bar = element("progress", { "aria-label": "Starting the sandbox" });
  place.replaceChildren(bar, state);
  try {
    const [container, ...texts] = await Promise.all([bootSandbox(), ...served.map(loadText)]);
    await prepare(container, mountTree(folder, project.files, texts));
    const exchange = new Exchange(project, container, folder);
    const shell = new ContainerShell(container, { project: folder, exchange });
    const { showTerminal } = await import("../terminal/view.ts");
    const screen = element("div", { class: "terminal-screen" });
    place.replaceChildren(screen);
    showTerminal(shell, screen);
  } catch (error) {
    const reason =
      error instanceof NoSandbox ? error.message : `The sandbox did not start: ${(error as Error).message}.`;
    // A page can start one sandbox only.
    const again = element("button", { type: "button" }, "Try again");
    again.addEventListener("click", () => location.reload());
    const words = `${reason} The terminal above works without it.`;
    place.replaceChildren(element("p", { role: "alert", class: "terminal-about" }, words), again);
  }
}

async function loadText(file: string): Promise<string> {
  const response = await fetch(addressOf(`/cli/${file}`));
  if (!response.ok) throw new NoSandbox("This site lacks the files of its nix command.");
  return response.text();
}

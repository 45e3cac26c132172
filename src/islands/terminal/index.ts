/** The terminal below a lab and the way to a sandbox: buttons, and what they load. */
import { element } from "../dom.ts";
import type { LabContext } from "../lab/context.ts";
import { goToSandbox, takeEdits, wantsSandbox } from "../sandbox/handover.ts";

/** Puts the buttons into their place. Nothing else is loaded before one is clicked, or the page was opened for a sandbox. */
export function mount(lab: LabContext, place: HTMLElement): void {
  place.classList.add("lab-terminal");
  const [terminal, sandbox] = [element("div"), element("div")];
  place.replaceChildren(terminal, sandbox);
  offerTerminal(lab, terminal);
  if (!wantsSandbox()) return offerSandbox(lab, sandbox);
  takeEdits(lab.slug, lab.project);
  void import("../sandbox/index.ts").then(({ openSandbox }) => openSandbox(lab, sandbox));
}

function offerTerminal(lab: LabContext, place: HTMLElement): void {
  const about = element("p", { class: "terminal-about" }, "A shell on these files, with nix and git. It loads 450 kB.");
  const open = element("button", { type: "button" }, "Open a terminal");
  open.addEventListener("click", () => void load(lab, place));
  place.replaceChildren(open, about);
}

function offerSandbox({ slug, project }: LabContext, place: HTMLElement): void {
  const about = element(
    "p",
    { class: "terminal-about" },
    "A shell with a real Node and Python, without git; nix evaluates there as it does here. " +
      "It is loaded from stackblitz.com, and your files go into it.",
  );
  const open = element("button", { type: "button" }, "Open a full Node sandbox");
  open.addEventListener("click", () => {
    try {
      goToSandbox(slug, project);
    } catch {
      about.textContent = "This browser keeps nothing for the next page, so your edits could not come along.";
    }
  });
  place.replaceChildren(open, about);
}

async function load(lab: LabContext, place: HTMLElement): Promise<void> {
  const bar = element("progress", { "aria-label": "Loading the terminal", max: "100", value: "0" });
  place.replaceChildren(bar, element("p", { role: "status", class: "terminal-about" }, "Loading the terminal…"));
  try {
    const [{ PageShell }, { showTerminal }] = await withProgress(bar, [
      [80, () => import("./page-shell.ts")],
      [20, () => import("./view.ts")],
    ]);
    const screen = element("div", { class: "terminal-screen" });
    const help = element(
      "p",
      { class: "terminal-about" },
      "Tab completes, Ctrl+C stops, Shift+Tab leaves the terminal.",
    );
    place.replaceChildren(screen, help);
    showTerminal(new PageShell(lab), screen);
  } catch (error) {
    offerTerminal(lab, place);
    const reason = `The terminal could not be loaded: ${(error as Error).message}`;
    place.append(element("p", { role: "alert", class: "terminal-about" }, reason));
  }
}

/** Loads parts at once; the bar goes on by each one's share of the weight when it is there. */
function withProgress<Parts extends readonly unknown[]>(
  bar: HTMLProgressElement,
  parts: { readonly [At in keyof Parts]: readonly [share: number, load: () => Promise<Parts[At]>] },
): Promise<Parts> {
  return Promise.all(
    parts.map(async ([share, loadPart]) => {
      const part = await loadPart();
      bar.value += share;
      return part;
    }),
  ) as unknown as Promise<Parts>;
}

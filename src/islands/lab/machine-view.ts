/** The commands that give the same on the reader's own machine. */
import type { OutputNode } from "#runtime";
import { addressOf } from "../address.ts";
import { shellWord } from "#generator/shell";
import { element, smallButton } from "../dom.ts";
import { gitMark } from "./file-tree.ts";
import type { LabContext } from "./context.ts";

/** Which commands make sense for these outputs. */
function commandsFor(outputs: readonly OutputNode[], isImpure: boolean): string[] {
  const flag = isImpure ? " --no-pure-eval" : "";
  const has = (kind: string) => outputs.some(({ attribute }) => attribute === kind);
  return [
    `nix flake show${flag}`,
    ...(has("devShells") ? [`nix develop${flag}`] : []),
    ...(has("packages") ? [`nix build${flag}`] : []),
    ...(has("apps") ? [`nix run${flag}`] : []),
    ...(has("checks") ? [`nix flake check${flag}`] : []),
  ];
}

export function showMachine(place: HTMLElement, lab: LabContext, outputs: readonly OutputNode[]): void {
  const { project, slug } = lab;
  const untracked = [...project.files.keys()].filter((path) => gitMark(project, path) === "untracked");
  const commands = [
    ...(untracked.length === 0 ? [] : [`git add ${untracked.map(shellWord).join(" ")}`]),
    ...commandsFor(outputs, lab.source().impure !== undefined),
  ];
  const code = element("code", {});
  code.append(...commands.flatMap((command) => [element("span", { class: "command" }, command), "\n"]));
  const copy = element("copy-button" as "div", {}, element("button", { type: "button" }, "Copy"));
  const download = smallButton("Download these files as zip", () => void downloadZip(lab));
  place.replaceChildren(
    element(
      "p",
      {},
      "Here, small models stand in for nixpkgs and other inputs, and nothing is built. In a folder with these files, a real Nix gives the same and more:",
    ),
    element(
      "figure",
      { class: "code terminal" },
      element("figcaption", {}, element("span", { class: "title" }, "Commands"), copy),
      element("pre", { tabindex: "0" }, code),
    ),
    download,
    ...(slug === "own"
      ? []
      : [
          element(
            "p",
            {},
            "The example without your edits: ",
            element("a", { href: addressOf(`/examples/#${slug}`) }, slug),
          ),
        ]),
  );
}

async function downloadZip({ slug, project }: LabContext): Promise<void> {
  const [{ zipOf }, { saveFile }] = await Promise.all([import("../generate/zip.ts"), import("../save-file.ts")]);
  const files = Array.from(project.files, ([path, text]) => ({ path, text }));
  const folder = slug === "own" ? "my-project" : slug;
  saveFile(`${folder}.zip`, await zipOf(folder, files).blob());
}

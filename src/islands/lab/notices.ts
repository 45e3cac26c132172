/** What stands in the way of the outputs, with the step that mends it. */
import type { Failure, FlakeOutputs, OutputNode } from "#runtime";
import { shellWord } from "#generator/shell";
import { element, smallButton } from "../dom.ts";
import type { Project } from "./project.ts";

interface Notice {
  readonly title: string;
  /** Nix's own words. */
  readonly words?: string;
  readonly action?: { readonly words: string; readonly act: () => void };
  readonly more?: string;
}

/** All failures of an evaluation, those of single outputs as well. */
export function failuresIn(nodes: readonly OutputNode[]): Failure[] {
  return nodes.flatMap(({ failure, children }) => [
    ...(failure === undefined ? [] : [failure]),
    ...failuresIn(children ?? []),
  ]);
}

export function noticesFor(project: Project, failures: readonly Failure[], lock?: FlakeOutputs["lock"]): Notice[] {
  const untracked = new Set<string>();
  const missing = new Set<string>(lock?.missing);
  for (const { message } of failures) {
    const [, path] = /^Path '(.*)' in the repository ".*" is not tracked by Git/.exec(message) ?? [];
    if (path !== undefined && project.files.has(path)) untracked.add(path);
    const [, input] = /^fetching '(.*)' is not supported here/.exec(message) ?? [];
    if (input !== undefined) missing.add(input);
  }
  return [
    ...Array.from(untracked, (path) => ({
      title: `A flake sees only what Git tracks, and Git does not track ${path} yet.`,
      action: { words: `git add ${shellWord(path)}`, act: () => project.add([path], "notice") },
    })),
    ...Array.from(missing, (input) => ({
      title: `${input} is not to be had here: nothing stands in for it.`,
      more: "Outputs that do not touch it are shown. A real Nix fetches it, in a folder with these files.",
      words: "nix flake show",
    })),
    ...(lock === undefined || lock.inStep ? [] : [outOfStep(project, lock)]),
  ];
}

function outOfStep(project: Project, { refusal, difference = "", text }: FlakeOutputs["lock"]): Notice {
  return {
    title: "flake.lock does not say what flake.nix asks for.",
    words: [`error: ${refusal}`, difference.trim()].filter((part) => part !== "").join("\n\n"),
    ...(text === undefined
      ? {}
      : {
          action: {
            words: "Lock again",
            act: () => {
              project.write("flake.lock", text, "notice");
              if (!project.index.has("flake.lock")) project.add(["flake.lock"], "notice");
            },
          },
        }),
    more:
      "Without that switch, nix develop and its like lock again by themselves." +
      (text === undefined ? "" : " Here it takes the revision that this site has checked."),
  };
}

export function showNotices(place: HTMLElement, notices: readonly Notice[]): void {
  place.replaceChildren(
    ...notices.map(({ title, words, action, more }) => {
      const notice = element(
        "div",
        { class: "lab-notice" },
        element("p", { class: "title" }, title),
        ...(words === undefined ? [] : [element("pre", { tabindex: "0" }, words)]),
        ...(more === undefined ? [] : [element("p", {}, more)]),
      );
      if (action !== undefined) notice.append(smallButton(action.words, action.act));
      return notice;
    }),
  );
}

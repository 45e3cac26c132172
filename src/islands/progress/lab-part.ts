/** Progress in the lab's bar: keeps the lab's project, and says what the reader should know of it. */
import { element, smallButton } from "../dom.ts";
import type { MountPart } from "../lab/context.ts";
import { keepProject, type Choice } from "./keep-project.ts";
import { openStore } from "./store.ts";

export const mount: MountPart = async ({ slug, project, isNew }, place) => {
  const words = element("div", { role: "status" });
  place.append(words);
  const say = (each: string, choices: readonly Choice[] = []): void => {
    const buttons = choices.map(({ words, act }) => smallButton(words, () => said.replaceChildren(act())));
    const said = element("p", {}, each, ...buttons.flatMap((button) => [" ", button]));
    words.append(said);
  };
  await keepProject(slug, project, say, { isNew });
  document.addEventListener("exercise-done", (event) => {
    const id: unknown = event instanceof CustomEvent ? event.detail?.id : undefined;
    if (typeof id === "string") void openStore().then((store) => store.setExercise(id));
  });
};

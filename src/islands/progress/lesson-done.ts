/** Marks its lesson as done, by a button or because its exercises are done, and remembers which lesson was open last. */
import { glance, onGlance, setGlance } from "./glance.ts";

class LessonDone extends HTMLElement {
  connectedCallback(): void {
    const slug = this.dataset["slug"]!;
    const [button, status] = [this.querySelector("button")!, this.querySelector("[role=status]")!];
    const isDone = (): boolean => glance().lessons.includes(slug);
    onGlance(() => {
      button.ariaPressed = String(isDone());
      button.textContent = isDone() ? "Done" : "Mark this lesson as done";
    });
    const keep = async (change: (store: import("./store.ts").ProgressStore) => Promise<void>): Promise<void> => {
      const store = await (await import("./store.ts")).openStore();
      await change(store);
      status.textContent = store.trouble ?? "";
    };
    // So that the mark is kept even if the reader clicks and goes on at once.
    button.addEventListener("pointerenter", () => void import("./store.ts").then(({ openStore }) => openStore()));
    button.addEventListener("click", () => void keep((store) => store.setLesson(slug, !isDone())));
    const exercises = [...document.querySelectorAll(".exercise")].map(({ id }) => id.replace("exercise-", ""));
    let isOffered = exercises.length === 0;
    onGlance(() => {
      if (isOffered || exercises.some((id) => !glance().exercises.includes(id))) return;
      // Once for each page: the reader may take the mark away again.
      isOffered = true;
      if (!isDone()) void keep((store) => store.setLesson(slug, true));
    });
    setGlance({ last: slug });
    this.dataset["ready"] = "";
  }
}

customElements.define("lesson-done", LessonDone);

/** Marks in the flake beside the prose the lines of which the step in view speaks. */
class FlakePanel extends HTMLElement {
  connectedCallback(): void {
    const pane = this.querySelector("pre");
    const lines = [...this.querySelectorAll<HTMLElement>(".line")];
    const steps = [...document.querySelectorAll<HTMLElement>("[data-first-line]")];
    if (!pane || steps.length === 0) return;
    const inView = new Set<HTMLElement>();
    const mark = (): void => {
      const step = steps.findLast((each) => inView.has(each));
      if (!step) return;
      const first = Number(step.dataset["firstLine"]);
      const last = Number(step.dataset["lastLine"]);
      for (const each of steps) each.toggleAttribute("data-current", each === step);
      for (const [index, line] of lines.entries())
        line.toggleAttribute("data-marked", index + 1 >= first && index + 1 <= last);
      const top = lines[first - 1]?.offsetTop ?? 0;
      const bottom = (lines[last - 1]?.offsetTop ?? 0) + (lines[last - 1]?.offsetHeight ?? 0);
      if (top < pane.scrollTop || bottom > pane.scrollTop + pane.clientHeight)
        pane.scrollTo({ top: top - pane.clientHeight / 4 });
    };
    // A step comes into view as its first line rises above the middle, and stays until the next one does.
    const observer = new IntersectionObserver(
      (entries) => {
        for (const { target, isIntersecting } of entries)
          if (target instanceof HTMLElement) inView[isIntersecting ? "add" : "delete"](target);
        mark();
      },
      { rootMargin: "-15% 0px -57% 0px" },
    );
    for (const step of steps) observer.observe(step);
    this.dataset["ready"] = "";
  }
}

customElements.define("flake-panel", FlakePanel);

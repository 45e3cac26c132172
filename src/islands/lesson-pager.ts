/** The left and right arrow keys turn the page, unless they have something else to do. */
class LessonPager extends HTMLElement {
  connectedCallback(): void {
    document.addEventListener("keydown", (event) => {
      if (event.defaultPrevented || event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return;
      const rel = { ArrowLeft: "prev", ArrowRight: "next" }[event.key];
      if (rel === undefined || !(event.target instanceof Element)) return;
      // In fields the keys move the cursor; in a focused code block they scroll it.
      if (event.target.closest("input, textarea, select, [contenteditable], pre, [tabindex='0'], [role=tab]")) return;
      this.querySelector<HTMLAnchorElement>(`a[rel=${rel}]`)?.click();
    });
    this.dataset["ready"] = "";
  }
}

customElements.define("lesson-pager", LessonPager);

/**
 * A link to a lab that opens it on the lesson's own page. The lab's script is loaded by the click. Without `dom.ts`, which
 * would be one more request of every lesson.
 */

class OpenLab extends HTMLElement {
  connectedCallback(): void {
    this.addEventListener("click", (event) => {
      if (event.button !== 0 || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
      event.preventDefault();
      void this.open();
    });
  }

  private async open(): Promise<void> {
    const place = document.querySelector<HTMLElement>("#lab .place-of-lab")!;
    const { slug, worker, style } = this.dataset;
    if (place.childElementCount === 0) {
      const status = document.createElement("p");
      status.role = "status";
      status.textContent = "The lab is loading…";
      place.append(status);
      document.head.append(Object.assign(document.createElement("link"), { rel: "stylesheet", href: style }));
      try {
        await import("./lab/flake-lab.ts");
      } catch {
        // Its own page says what is missing.
        location.assign(this.querySelector("a")!.href);
        return;
      }
      const lab = document.createElement("flake-lab");
      Object.assign(lab.dataset, { slug, worker });
      place.replaceChildren(lab);
    }
    document.querySelector("#lab")!.scrollIntoView();
    place.focus({ preventScroll: true });
  }
}

customElements.define("open-lab", OpenLab);

/** A link to a lab that opens it on the lesson's own page. The lab's script is loaded by the click. */
import { element, find } from "./dom.ts";

class OpenLab extends HTMLElement {
  connectedCallback(): void {
    this.addEventListener("click", (event) => {
      if (event.button !== 0 || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
      event.preventDefault();
      void this.open();
    });
  }

  private async open(): Promise<void> {
    const place = find(document, "#lab .place-of-lab", HTMLElement);
    const { slug, worker, style } = this.dataset;
    if (place.childElementCount === 0) {
      place.append(element("p", { role: "status" }, "The lab is loading…"));
      document.head.append(element("link", { rel: "stylesheet", href: style }));
      try {
        await import("./lab/flake-lab.ts");
      } catch {
        // Its own page says what is missing.
        location.assign(find(this, "a", HTMLAnchorElement).href);
        return;
      }
      place.replaceChildren(element("flake-lab" as "div", { "data-slug": slug, "data-worker": worker }));
    }
    find(document, "#lab", HTMLElement).scrollIntoView();
    place.focus({ preventScroll: true });
  }
}

customElements.define("open-lab", OpenLab);

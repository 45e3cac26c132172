/**
 * Links to the lab and to the generator that open them on the lesson's own page. Their scripts are loaded by the click.
 * Without `dom.ts`, which would be one more request of every lesson.
 */

const loadLab = () => {
  // The lab asks for the editor, too, but only once its own script is there. It says what is missing.
  import("./lab/editor/code-editor.ts").catch(() => undefined);
  return import("./lab/flake-lab.ts");
};
const loadGenerator = () => import("./generate/in-lesson.ts");

class OpenLab extends HTMLElement {
  connectedCallback(): void {
    // Who points at it will soon click. Who only reads loads nothing.
    for (const sign of ["pointerenter", "focusin"])
      this.addEventListener(sign, () => void this.prepare().catch(() => undefined), { once: true });
    this.addEventListener("click", (event) => {
      if (event.button !== 0 || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
      event.preventDefault();
      // Its own page says what is missing.
      this.open().catch(() => location.assign(this.querySelector("a")!.href));
    });
  }

  protected async prepare(): Promise<void> {
    (await loadLab()).prepareLab();
  }

  protected async open(): Promise<void> {
    const place = document.querySelector<HTMLElement>("#lab .place-of-lab")!;
    const filled = place.childElementCount === 0 ? this.fill(place) : undefined;
    // At once: to draw the way there would hold up the editor.
    document.querySelector("#lab")!.scrollIntoView({ behavior: "instant" });
    place.focus({ preventScroll: true });
    await filled;
  }

  private async fill(place: HTMLElement): Promise<void> {
    const { slug, worker, style } = this.dataset;
    const status = document.createElement("p");
    status.role = "status";
    status.textContent = "The lab is loading…";
    place.append(status);
    document.head.append(Object.assign(document.createElement("link"), { rel: "stylesheet", href: style }));
    await loadLab();
    const lab = document.createElement("flake-lab");
    Object.assign(lab.dataset, { slug, worker });
    // What it says stays there until the lab is ready.
    lab.append(status);
    place.append(lab);
  }
}

class OpenGenerator extends OpenLab {
  protected override async prepare(): Promise<void> {
    await loadGenerator();
  }

  protected override async open(): Promise<void> {
    this.querySelector("span")!.textContent = "The generator is loading…";
    const { openIn } = await loadGenerator();
    await openIn(this);
  }
}

customElements.define("open-lab", OpenLab);
customElements.define("open-generator", OpenGenerator);

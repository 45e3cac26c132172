/** Opens a term's definition on hover and keyboard focus. Tap and click work without script, by `popovertarget`. */
class GlossaryTerm extends HTMLElement {
  connectedCallback(): void {
    const button = this.querySelector("button");
    const definition = button?.popoverTargetElement;
    if (!button || !(definition instanceof HTMLElement)) return;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const isOpen = (): boolean => definition.matches(":popover-open");
    const open = (): void => {
      if (!isOpen()) definition.showPopover({ source: button });
    };
    const close = (): void => {
      if (isOpen()) definition.hidePopover();
    };
    const soon = (action: () => void, wait: number): void => {
      clearTimeout(timer);
      timer = setTimeout(action, wait);
    };
    const onMouse =
      (action: () => void) =>
      (event: PointerEvent): void => {
        if (event.pointerType === "mouse") action();
      };
    const enter = onMouse(() => soon(open, 120));
    const leave = onMouse(() => soon(close, 250));
    button.addEventListener("pointerenter", enter);
    button.addEventListener("pointerleave", leave);
    // The definition is shared by all mentions of its term; while it is open, it is this mention's or closes anyway.
    definition.addEventListener("pointerenter", () => clearTimeout(timer));
    definition.addEventListener("pointerleave", leave);
    button.addEventListener("focus", () => {
      if (button.matches(":focus-visible")) open();
    });
    button.addEventListener("blur", (event) => {
      if (!(event.relatedTarget instanceof Node && definition.contains(event.relatedTarget))) close();
    });
    this.dataset["ready"] = "";
  }
}

customElements.define("glossary-term", GlossaryTerm);

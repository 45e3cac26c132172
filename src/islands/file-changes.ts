/** Remembers whether differences are read unified or side by side. The switch itself is CSS. */
class FileChanges extends HTMLElement {
  connectedCallback(): void {
    const radios = [...this.querySelectorAll<HTMLInputElement>("input[type=radio]")];
    let remembered: string | null = null;
    try {
      remembered = localStorage.getItem("changes");
    } catch {
      // Storage may be forbidden: then each page starts unified.
    }
    for (const radio of radios) {
      if (radio.value === remembered) radio.checked = true;
      radio.addEventListener("change", () => {
        for (const other of document.querySelectorAll<HTMLInputElement>("file-changes input"))
          other.checked = other.value === radio.value;
        try {
          localStorage.setItem("changes", radio.value);
        } catch {
          // As above.
        }
      });
    }
    this.dataset["ready"] = "";
  }
}

customElements.define("file-changes", FileChanges);

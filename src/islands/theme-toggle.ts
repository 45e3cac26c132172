/** Switches between light and dark and remembers it. Until it is used, the site follows the system. */
class ThemeToggle extends HTMLElement {
  connectedCallback(): void {
    const button = this.querySelector("button");
    const root = document.documentElement;
    const system = matchMedia("(prefers-color-scheme: dark)");
    const isDark = (): boolean => (root.dataset["theme"] ?? (system.matches ? "dark" : "light")) === "dark";
    const show = (): void => button?.setAttribute("aria-pressed", String(isDark()));
    button?.addEventListener("click", () => {
      const theme = isDark() ? "light" : "dark";
      root.dataset["theme"] = theme;
      try {
        localStorage.setItem("theme", theme);
      } catch {
        // Storage may be forbidden: the choice then holds for this page.
      }
      show();
    });
    system.addEventListener("change", show);
    show();
    this.dataset["ready"] = "";
  }
}

customElements.define("theme-toggle", ThemeToggle);

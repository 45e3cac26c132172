/** Copies the code of the figure that it stands in; of a terminal, the commands without prompts and output. */
class CopyButton extends HTMLElement {
  connectedCallback(): void {
    const button = this.querySelector("button");
    const code = this.closest("figure")?.querySelector("code");
    if (!button || !code) return;
    const say = (words: string): void => {
      button.textContent = words;
      setTimeout(() => (button.textContent = "Copy"), 2000);
    };
    button.addEventListener("click", () => {
      const commands = [...code.querySelectorAll(".command")].map((command) => command.textContent);
      const text = commands.length > 0 ? commands.join("\n") : code.textContent;
      navigator.clipboard.writeText(text).then(
        () => say("Copied"),
        () => {
          getSelection()?.selectAllChildren(code);
          say("Selected: press Ctrl+C");
        },
      );
    });
    this.dataset["ready"] = "";
  }
}

customElements.define("copy-button", CopyButton);

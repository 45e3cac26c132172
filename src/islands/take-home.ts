/** The pages of the examples: commands with the site's address, and the age of records today. */
import { ageLabel } from "./age.ts";

/** Follows a `<time>`. The build has filled it with the age on its own day; a page may be read long after. */
class RecordAge extends HTMLElement {
  connectedCallback(): void {
    this.textContent = ageLabel(this.dataset["date"] ?? "", new Date()) ?? "";
  }
}

customElements.define("record-age", RecordAge);

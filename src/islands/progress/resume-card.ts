/** On the landing page: the lesson to go on with, in the place of the button that starts the walk. */
import { glance, onGlance } from "./glance.ts";
import { slugOf } from "./ticks.ts";

class ResumeCard extends HTMLElement {
  connectedCallback(): void {
    onGlance(() => this.show());
    this.dataset["ready"] = "";
  }

  private show(): void {
    const { lessons, last } = glance();
    const links = [...document.querySelectorAll<HTMLAnchorElement>(".walk ol a")];
    const isOpen = (link: HTMLAnchorElement): boolean => !lessons.includes(slugOf(link));
    const at = links.findIndex((link) => slugOf(link) === last);
    const next = links.slice(Math.max(at, 0)).find(isOpen) ?? links.find(isOpen);
    const count = links.filter((link) => !isOpen(link)).length;
    const isBegun = at >= 0 || count > 0;
    document.documentElement.toggleAttribute("data-resume", isBegun);
    if (!isBegun) return;
    const goOn = this.querySelector<HTMLAnchorElement>(".button")!;
    if (next) goOn.href = next.pathname;
    const number = next?.closest("li")?.querySelector(".number")?.firstChild?.textContent;
    goOn.textContent = next ? `Go on with lesson ${number}: ${next.text}` : "You have done every lesson";
    const bar = this.querySelector("progress")!;
    [bar.value, bar.max] = [count, links.length];
    this.querySelector("span")!.textContent = `${count} of ${links.length} done`;
  }
}

customElements.define("resume-card", ResumeCard);

/** The site in a command: the address at which the page was read, where the build could only say where it will stand. */
class SiteAddress extends HTMLElement {
  connectedCallback(): void {
    this.textContent = location.origin;
  }
}

customElements.define("site-address", SiteAddress);

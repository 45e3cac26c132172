/** Opens the search with its link in the header or the key `/`. All else is loaded then. */
const link = document.querySelector<HTMLAnchorElement>("a.open-search");

const openDialog = (event: Event): void => {
  event.preventDefault();
  import("./search/dialog.ts").then(
    ({ openSearch }) => openSearch(),
    // Without a network, the page of the search says so.
    () => location.assign(link?.href ?? ""),
  );
};

const isTyping = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement && (target.isContentEditable || target.matches("input, textarea, select"));

link?.addEventListener("click", (event) => {
  if (!event.ctrlKey && !event.metaKey && !event.shiftKey) openDialog(event);
});
addEventListener("keydown", (event) => {
  if (event.key === "/" && !event.ctrlKey && !event.metaKey && !event.altKey && !isTyping(event.target))
    openDialog(event);
});

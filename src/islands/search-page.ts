/** Asks at once: what stands in the address after `?q=`; on the page for a missing address, the words of that address. */
import { SearchBox } from "./search/search-box.ts";

const box = document.querySelector("search-box");
if (box instanceof SearchBox) {
  const missing = box.hasAttribute("data-missing");
  const asked = new URLSearchParams(location.search).get("q") ?? "";
  const address = decoded(location.pathname.slice(import.meta.env.BASE_URL.length));
  box.focus();
  void box.ask(
    missing
      ? address
          .replace(/\.\w+$/, "")
          .replaceAll(/[^\p{L}\p{N}.]+/gu, " ")
          .trim()
      : asked,
  );
  if (!missing)
    box.addEventListener("input", ({ target }) => {
      if (!(target instanceof HTMLInputElement)) return;
      const query = new URLSearchParams(target.value === "" ? [] : [["q", target.value]]);
      history.replaceState(null, "", query.size === 0 ? location.pathname : `?${query}`);
    });
}

/** A path with its `%20` and the like decoded, as forms are: what is none stays, where `decodeURIComponent` would throw. */
function decoded(path: string): string {
  return new URLSearchParams(`path=${path.replaceAll("+", "%2B").replaceAll("&", "%26")}`).get("path") ?? "";
}

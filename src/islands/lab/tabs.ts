/** Panels of which one is seen, as the pattern "tabs" of WAI-ARIA says. A panel that comes into view fires `shown`. */
import { element, tabByKey } from "../dom.ts";

let lastId = 0;

export function tabs(
  label: string,
  panels: readonly { readonly id: string; readonly name: string; readonly panel: HTMLElement }[],
): HTMLElement {
  const list = element("div", { role: "tablist", "aria-label": label });
  const number = ++lastId;
  const each = panels.map(({ id, name, panel }) => {
    const [tabId, panelId] = [`tab-${number}-${id}`, `panel-${number}-${id}`];
    const tab = element("button", { type: "button", role: "tab", id: tabId, "aria-controls": panelId }, name);
    panel.id = panelId;
    panel.setAttribute("role", "tabpanel");
    panel.setAttribute("aria-labelledby", tabId);
    tab.addEventListener("click", () => select(tab));
    list.append(tab);
    return { tab, panel };
  });
  const select = (chosen: HTMLElement): void => {
    for (const { tab, panel } of each) {
      const isChosen = tab === chosen;
      tab.setAttribute("aria-selected", String(isChosen));
      tab.tabIndex = isChosen ? 0 : -1;
      panel.hidden = !isChosen;
      if (isChosen) panel.dispatchEvent(new Event("shown"));
    }
  };
  list.addEventListener("keydown", (event) => {
    const at = each.findIndex(({ tab }) => tab === event.target);
    const to = tabByKey(event, at, each.length);
    if (to === undefined) return;
    const { tab } = each[to]!;
    select(tab);
    tab.focus();
  });
  select(each[0]!.tab);
  return element("div", { class: "lab-tabs" }, list, ...each.map(({ panel }) => panel));
}

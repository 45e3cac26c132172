/** What the generator says about its result: the recommendation, line by line what is the matter, and the table. */
import { choices, notesInWords, type ApproachId, type Generated, type Note, type TableRow } from "#generator";
import { element, find } from "../dom.ts";

/** Longer tables are opened by a button. */
const mostRows = 200;

export class Report {
  private readonly root: HTMLElement;
  private readonly choose: (approach: ApproachId) => void;
  private showAll = false;
  private last: Generated | undefined;

  constructor(root: HTMLElement, choose: (approach: ApproachId) => void) {
    this.root = root;
    this.choose = choose;
  }

  show(made: Generated): void {
    this.last = made;
    const { recommendation, choices: used, table } = made;
    const isTaken = recommendation.approach === used.approach;
    this.fill(
      ".recommendation",
      element("strong", {}, isTaken ? "Fits best, and is chosen: " : "Fits best: "),
      element("code", {}, recommendation.approach),
      `. ${recommendation.reason} `,
      isTaken ? undefined : this.take(recommendation.approach, `Take ${recommendation.approach}`),
    );
    const notes = notesOf(made);
    this.fill(".notes", ...notes);
    find(this.root, ".notes", HTMLElement).hidden = notes.length === 0;
    this.fill(".builds", buildsInWords(made));
    this.fill(
      ".next code",
      ...made.nextCommands.flatMap((command) => [element("span", { class: "command" }, command), "\n"]),
    );
    const shown = this.showAll ? table : table.slice(0, mostRows);
    this.fill(".rows", ...shown.map((row) => this.row(row)));
    const rest = table.length - shown.length;
    this.fill(".rest", rest > 0 ? this.more(rest) : undefined);
    find(this.root, ".given-table", HTMLElement).hidden = table.length === 0;
    showRefusals(this.root, made.notes);
  }

  private fill(selector: string, ...content: readonly (Node | string | undefined)[]): void {
    find(this.root, selector, HTMLElement).replaceChildren(...content.filter((each) => each !== undefined));
  }

  private take(approach: ApproachId, words: string): HTMLButtonElement {
    const button = element("button", { type: "button", class: "small" }, words);
    button.addEventListener("click", () => this.choose(approach));
    return button;
  }

  private more(count: number): HTMLButtonElement {
    const button = element("button", { type: "button", class: "small" }, `Show ${count} more`);
    button.addEventListener("click", () => {
      this.showAll = true;
      if (this.last) this.show(this.last);
    });
    return button;
  }

  private row(row: TableRow): HTMLTableRowElement {
    const { name, file, line, asked, given, verdict, near, exact, native, command } = row;
    return element(
      "tr",
      {},
      element(
        "th",
        { scope: "row" },
        name,
        element("span", { class: "place" }, `${file}:${line}`),
        ...(near.length > 0 ? [element("span", { class: "place" }, `spelled nearly so: ${near.join(", ")}`)] : []),
      ),
      element("td", {}, asked),
      element(
        "td",
        {},
        given,
        ...(native ? [element("span", { class: "place" }, "has compiled parts")] : []),
        ...(command === undefined ? [] : [element("code", { class: "ask" }, command)]),
      ),
      element("td", {}, element("span", { class: "verdict", "data-verdict": verdict }, verdicts[verdict])),
      element("td", {}, ...exact.map((approach) => this.take(approach, approach))),
    );
  }
}

const verdicts: Readonly<Record<TableRow["verdict"], string>> = {
  same: "as asked",
  other: "another version",
  unknown: "not known here",
  none: "left out",
};

function buildsInWords({ builds, needs, notes }: Generated): string {
  if (needs.length > 0)
    return `Evaluates only once ${needs.map(({ path }) => path).join(" and ")} is there: see the commands.`;
  if (notes.some(({ kind }) => kind === "refused")) return "Not everything that you asked for is in it: see the notes.";
  return builds
    ? "Nothing is missing that it needs to build."
    : "Evaluates; does not build until each hash is filled in: see the notes.";
}

function notesOf({ problems, notes }: Generated): HTMLElement[] {
  const item = (kind: string, message: string, help = "", place = "", text = "") =>
    element(
      "li",
      { "data-kind": kind },
      ...(place === "" ? [] : [element("span", { class: "place" }, place)]),
      ...(text === "" ? [] : [element("code", {}, text.length > 120 ? `${text.slice(0, 120)}…` : text), " "]),
      `${message}.`,
      ...(help === "" ? [] : [" ", element("span", { class: "help" }, help)]),
    );
  const labels = new Map<string, string>(choices.map(({ id, label }) => [id, label]));
  const at = ({ file, line, choice }: Note) =>
    file !== undefined && line !== undefined ? `${file}:${line}` : (labels.get(choice ?? "") ?? file ?? "");
  return [
    ...problems.map(({ level, message, help, file, line, text }) =>
      item(level, message, help, `${file}:${line}`, text),
    ),
    ...notesInWords(notes).map((note) => item(note.kind, note.message, note.help, at(note))),
  ];
}

/** Says at the field itself what of it is not in the flake. */
function showRefusals(root: HTMLElement, notes: readonly Note[]): void {
  for (const { id } of choices) {
    const refused = notes.filter(({ kind, choice }) => kind === "refused" && choice === id);
    const words = root.querySelector(`#refused-${id}`);
    if (words === null) continue;
    words.textContent = refused.map(({ message, help }) => `${message}. ${help ?? ""}`).join(" ");
    for (const field of root.querySelectorAll(`[name="${id}"]`))
      if (refused.length > 0) field.setAttribute("aria-invalid", "true");
      else field.removeAttribute("aria-invalid");
  }
}

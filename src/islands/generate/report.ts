/** What the generator says about its result: the recommendation, line by line what is the matter, and the table. */
import { choices, notesInWords, type ApproachId, type Generated, type Note, type TableRow } from "#generator";
import { element, find, renderList, smallButton } from "../dom.ts";

/** Longer tables and lists are opened by a button. */
const mostRows = 100;

export class Report {
  private readonly root: HTMLElement;
  private readonly choose: (approach: ApproachId) => void;
  /** The lists that were opened. */
  private readonly allOf = new Set<string>();
  private last: Generated | undefined;

  constructor(root: HTMLElement, choose: (approach: ApproachId) => void) {
    this.root = root;
    this.choose = choose;
  }

  show(made: Generated): void {
    this.last = made;
    const { recommendation, choices: used, table } = made;
    const isTaken = recommendation.approach === used.approach;
    const advice = [
      isTaken ? "Fits best, and is chosen: " : "Fits best: ",
      recommendation.approach,
      recommendation.reason,
    ];
    renderList(this.find(".recommendation"), [advice.join("\n")], () =>
      element(
        "span",
        {},
        element("strong", {}, advice[0]),
        element("code", {}, recommendation.approach),
        `. ${recommendation.reason} `,
        isTaken ? undefined : this.take(recommendation.approach, `Take ${recommendation.approach}`),
      ),
    );
    const notes = notesOf(made);
    this.showSome(".notes", ".rest-notes", notes, noteElement);
    this.find(".notes").hidden = notes.length === 0;
    this.find(".builds").textContent = buildsInWords(made);
    renderList(this.find(".next code"), made.nextCommands, (command) =>
      element("span", {}, element("span", { class: "command" }, command), "\n"),
    );
    this.showSome(".rows", ".rest", table, (row) => this.row(row));
    this.find(".given-table").hidden = table.length === 0;
    showRefusals(this.root, made.notes);
  }

  /** The first of many as elements, and a button for the rest. What reads as it did keeps its element. */
  private showSome<Item extends object>(
    selector: string,
    restSelector: string,
    all: readonly Item[],
    make: (item: Item) => HTMLElement,
  ): void {
    const shown = this.allOf.has(selector) ? all : all.slice(0, mostRows);
    renderList(this.find(selector), shown.map(keyOf), (_, index) => make(shown[index]!));
    const rest = all.length - shown.length;
    const open = () => {
      this.allOf.add(selector);
      if (this.last) this.show(this.last);
    };
    renderList(this.find(restSelector), rest > 0 ? [rest] : [], () => smallButton(`Show ${rest} more`, open));
  }

  private find(selector: string): HTMLElement {
    return find(this.root, selector, HTMLElement);
  }

  private take(approach: ApproachId, words: string): HTMLButtonElement {
    return smallButton(words, () => this.choose(approach));
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
      element("td", { "data-heading": "Asked for" }, asked),
      element(
        "td",
        { "data-heading": "This flake gives" },
        given,
        ...(native ? [element("span", { class: "place" }, "has compiled parts")] : []),
        ...(command === undefined ? [] : [element("code", { class: "ask" }, command)]),
      ),
      element(
        "td",
        { "data-heading": "The same?" },
        element("span", { class: "verdict", "data-verdict": verdict }, verdicts[verdict]),
      ),
      element("td", { "data-heading": "Exactly with" }, ...exact.map((approach) => this.take(approach, approach))),
    );
  }
}

/** Two rows with the same key look the same. `near` is left out: it is dear, and follows from the name. */
const keyOf = (item: object): string =>
  JSON.stringify(
    item,
    Object.keys(item).filter((name) => name !== "near"),
  );

const verdicts: Readonly<Record<TableRow["verdict"], string>> = {
  same: "as asked",
  other: "another version",
  unknown: "not known here",
  none: "left out",
};

function buildsInWords({ builds, needs, notes, table }: Generated): string {
  if (needs.length > 0)
    return `Evaluates only once ${needs.map(({ path }) => path).join(" and ")} is there: see the commands.`;
  if (notes.some(({ kind }) => kind === "refused")) return "Not everything that you asked for is in it: see the notes.";
  if (notes.some(({ kind }) => kind === "hash"))
    return "Evaluates; does not build until each hash is filled in: see the notes.";
  if (!builds) return "Evaluates; builds once your code is there: see the notes.";
  return table.some(({ verdict }) => verdict === "unknown")
    ? "Builds if nixpkgs has what is not known here: see the table."
    : "Nothing is missing that it needs to build.";
}

interface Said {
  readonly kind: string;
  readonly message: string;
  readonly help: string;
  readonly place: string;
  readonly text: string;
}

function notesOf({ problems, notes }: Generated): Said[] {
  const labels = new Map<string, string>(choices.map(({ id, label }) => [id, label]));
  const at = ({ file, line, choice }: Note) =>
    file !== undefined && line !== undefined ? `${file}:${line}` : (labels.get(choice ?? "") ?? file ?? "");
  return [
    ...problems.map(({ level, message, help, file, line, text }) => ({
      kind: level,
      message,
      help,
      place: `${file}:${line}`,
      text,
    })),
    ...notesInWords(notes).map((note) => ({
      kind: note.kind,
      message: note.message,
      help: note.help ?? "",
      place: at(note),
      text: "",
    })),
  ];
}

const noteElement = ({ kind, message, help, place, text }: Said): HTMLElement =>
  element(
    "li",
    { "data-kind": kind },
    ...(place === "" ? [] : [element("span", { class: "place" }, place)]),
    ...(text === "" ? [] : [element("code", {}, text.length > 120 ? `${text.slice(0, 120)}…` : text), " "]),
    `${message}.`,
    ...(help === "" ? [] : [" ", element("span", { class: "help" }, help)]),
  );

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

/** The fields of the form as choices, and back. Which fields there are is the generator's business. */
import { choices, defaultChoices, pythonsFor, type Choice, type Choices } from "#generator";
import { find } from "../dom.ts";

type Field = HTMLInputElement | HTMLSelectElement | HTMLTextAreaElement;

const fieldsOf = (form: HTMLFormElement, id: string): Field[] => [...form.querySelectorAll<Field>(`[name="${id}"]`)];
const isChecked = (field: Field): boolean => field instanceof HTMLInputElement && field.checked;

/** What differs from the defaults. */
export function readChoices(form: HTMLFormElement): Partial<Choices> {
  const entries = choices
    .map((choice) => [choice.id, readChoice(fieldsOf(form, choice.id), choice)] as const)
    .filter(([id, value]) => JSON.stringify(value) !== JSON.stringify(defaultChoices[id]));
  return Object.fromEntries(entries) as Partial<Choices>;
}

function readChoice(fields: readonly Field[], { id, kind }: Choice): unknown {
  const text = fields[0]?.value ?? "";
  switch (kind) {
    case "one":
      return fields[0] instanceof HTMLSelectElement ? text : (fields.find(isChecked)?.value ?? defaultChoices[id]);
    case "several":
      return fields.filter(isChecked).map(({ value }) => value);
    case "switch":
      return fields.some(isChecked);
    case "texts":
      return text.split(/[\s,]+/).filter((each) => each !== "");
    case "pairs":
      return Object.fromEntries(text.split("\n").flatMap(readPair));
    default:
      return text;
  }
}

/** What a field can show. A link may hold another value: the generator refuses it in words, and takes the default. */
function shown({ id, kind, values = [] }: Choice, value: unknown): unknown {
  const isOffered =
    kind === "one" ? values.some((each) => each.id === value) : kind !== "switch" || typeof value === "boolean";
  return isOffered ? value : defaultChoices[id];
}

/** Fills the form; what is not given is as by default. */
export function writeChoices(form: HTMLFormElement, given: Partial<Choices>): void {
  const all: Choices = { ...defaultChoices, ...given };
  for (const choice of choices) {
    const { id, kind } = choice;
    const value = shown(choice, all[id]);
    for (const field of fieldsOf(form, id)) {
      if (kind === "switch") (field as HTMLInputElement).checked = value === true;
      else if (field instanceof HTMLInputElement && /^(?:radio|checkbox)$/.test(field.type))
        field.checked = Array.isArray(value) ? value.includes(field.value) : value === field.value;
      else if (kind === "texts") field.value = (value as string[]).join(", ");
      else if (kind === "pairs")
        field.value = Object.entries(value as Record<string, string>)
          .map(writePair)
          .join("\n");
      else field.value = value as string;
    }
  }
}

/** `NAME=VALUE`; a value between `"` may hold what JSON can write, such as `\n`. */
function readPair(line: string): [string, string][] {
  const text = line.trim().replace(/^export\s+/, "");
  if (text === "") return [];
  const at = text.indexOf("=");
  if (at < 0) return [[text, ""]];
  const value = text.slice(at + 1).trim();
  return [[text.slice(0, at).trim(), value.startsWith('"') ? unquote(value) : value]];
}

function unquote(value: string): string {
  try {
    const read: unknown = JSON.parse(value);
    return typeof read === "string" ? read : value;
  } catch {
    return value;
  }
}

const writePair = ([name, value]: readonly [string, string]): string =>
  `${name}=${/^"|^\s|\s$|[\n\r]/.test(value) ? JSON.stringify(value) : value}`;

/** Lets only those Pythons be chosen that the nixpkgs of the choices has. */
export function offerPythons(form: HTMLFormElement, { approach, release }: Choices): void {
  const pythons = pythonsFor(approach, release);
  const select = find(form, "select[name=python]", HTMLSelectElement);
  for (const option of select.options) option.disabled = !option.selected && !pythons.includes(option.value);
}

/** The files that the reader gave, and which of them is being edited. */
import type { Input } from "#generator";
import { formatOf } from "#requirements";

/** Names in the order in which one is likely the file to begin with. */
const likely = [
  /^pyproject\.toml$/,
  /^requirements\.txt$/,
  /(?:^|\/)requirements[^/]*\.(?:txt|in)$/,
  /^uv\.lock$/,
  /^poetry\.lock$/,
];
const knownNames = ["requirements.txt", "pyproject.toml", "uv.lock", "poetry.lock"];

/** A longer text is not put into the field: browsers take seconds for it. */
const longestShown = 500_000;

export class GivenFiles {
  private readonly files = new Map<string, string>();
  private made: Input | undefined;
  /** The name of the file in the field. */
  current = "requirements.txt";
  /** The file to begin with, where the reader said so. */
  chosenEntry: string | undefined;

  get names(): string[] {
    return [...this.files.keys()];
  }

  get entry(): string {
    const { names, chosenEntry } = this;
    if (chosenEntry !== undefined && this.files.has(chosenEntry)) return chosenEntry;
    for (const pattern of likely) {
      const found = names.find((name) => pattern.test(name));
      if (found !== undefined) return found;
    }
    return names[0] ?? this.current;
  }

  /** The same object as long as the files are the same: the generator reads it once. */
  get input(): Input {
    const { entry } = this;
    if (this.made?.entry !== entry) this.made = { files: Object.fromEntries(this.files), entry };
    return this.made;
  }

  private set(name: string, text: string): void {
    this.files.set(name, text);
    this.made = undefined;
  }

  get text(): string {
    return this.files.get(this.current) ?? "";
  }

  /** Characters in all files. */
  get length(): number {
    return Object.values(this.input.files).reduce((sum, text) => sum + text.length, 0);
  }

  /** The text for the field; `undefined` where it is too long to be edited. */
  get shown(): string | undefined {
    return this.text.length > longestShown ? undefined : this.text;
  }

  /** Takes files in the place of all that were there. */
  replace({ files, entry }: Input): void {
    this.files.clear();
    for (const [name, text] of Object.entries(files)) this.set(name, text);
    this.current = entry;
    if (!this.files.has(entry)) this.set(entry, "");
    this.chosenEntry = undefined;
  }

  add(name: string, text: string): void {
    this.set(name, text);
  }

  remove(name: string): void {
    this.files.delete(name);
    this.made = undefined;
    if (this.files.size === 0) this.set("requirements.txt", "");
    if (this.current === name) this.current = this.entry;
  }

  /** Takes the text of the field. The one file that there is gets the name that its format has, so that Nix finds it. */
  edit(text: string): void {
    this.set(this.current, text);
    const format = formatOf("", text);
    if (this.files.size === 1 && knownNames.includes(this.current) && format !== this.current) this.rename(format);
  }

  /** Gives the current file another name, unless another file has it. */
  rename(name: string): void {
    if (name === "" || this.files.has(name)) return;
    const all = [...this.files].map(([key, text]): [string, string] => [key === this.current ? name : key, text]);
    this.files.clear();
    for (const [key, text] of all) this.set(key, text);
    if (this.chosenEntry === this.current) this.chosenEntry = name;
    this.current = name;
  }
}

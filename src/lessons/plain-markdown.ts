/** Turns a lesson's MDX into plain Markdown: for readers and tools that take text. */

/** What stands in the place of a component: its attributes and its content, already plain, give Markdown. */
export type PrintComponent = (attributes: Readonly<Record<string, string>>, content: string) => string;

interface PlainOptions {
  /** By the component's name. */
  readonly components: Readonly<Record<string, PrintComponent>>;
  /** What stands below a fence, from its language and the rest of its opening line. */
  readonly note: (language: string, meta: string) => string;
  /** Makes an address of the site a whole one. */
  readonly address: (path: string) => string;
}

const fence = /^( *)(`{3,})([^`\n]*)\n([^]*?)^ *\2 *$/gm;
const attribute = /(\w+)=(?:"([^"]*)"|'([^']*)'|\{'([^']*)'\})/g;
/** A component within which there is no other. */
const component = new RegExp(
  `<([A-Z]\\w*)((?:\\s+${attribute.source.replaceAll(/\((?!\?)/g, "(?:")})*)\\s*(?:/>|>((?:(?!<[A-Z])[^])*?)</\\1>)`,
);

/** @throws Error naming a component that `components` does not know, or that is not closed */
export function plainMarkdown(mdx: string, { components, note, address }: PlainOptions): string {
  // What is finished stands aside, as a number between two characters that no text has.
  const finished: string[] = [];
  const aside = (text: string): string => `\u{e000}${finished.push(text) - 1}\u{e001}`;
  const restore = (text: string): string =>
    text.includes("\u{e000}")
      ? restore(text.replaceAll(/\u{e000}(\d+)\u{e001}/gu, (_, i) => finished[Number(i)]!))
      : text;

  let text = mdx.replace(fence, (_, indent: string, ticks: string, info: string, code: string) => {
    const [, language = "", meta = ""] = /^\s*(\S*)\s*(.*?)\s*$/.exec(info) ?? [];
    const title = /\btitle="([^"]*)"/.exec(meta)?.[1];
    const said = note(language, meta);
    const block = [`${indent}${ticks}${language}\n${code}${indent}${ticks}`];
    if (title !== undefined) block.unshift(`${indent}${title}:\n\n`);
    if (said !== "") block.push(`\n\n${indent}_${said}_`);
    return aside(block.join(""));
  });
  for (let found = component.exec(text); found !== null; found = component.exec(text)) {
    const [whole, name = "", attributes = "", content = ""] = found;
    const print = components[name];
    if (print === undefined) throw new Error(`plain Markdown has no words for <${name}>`);
    const values = Object.fromEntries(
      [...attributes.matchAll(attribute)].map(([, key, ...texts]) => [key, texts.find((text) => text !== undefined)]),
    );
    const printed = print(values, restore(withAddresses(content.trim(), address)));
    text = text.replace(whole, () => aside(printed));
  }
  const open = /<\/?[A-Z]\w*/.exec(text);
  if (open !== null) throw new Error(`'${open[0]}' is not closed`);
  return `${restore(withAddresses(text, address)).trim()}\n`;
}

/** The text with each link within the site made whole. */
export const withAddresses = (text: string, address: (path: string) => string): string =>
  text.replaceAll(/\]\((\/[^)\s]*)\)/g, (_, path: string) => `](${address(path)})`);

/** Markdown in a quotation, under a bold title. */
export const quoted = (title: string, content: string): string =>
  [`**${title}**`, "", ...content.split("\n")].map((line) => `> ${line}`.trimEnd()).join("\n");

/** A fenced block, with more backticks than its text has in a row. */
export function fenced(language: string, text: string): string {
  const longest = Math.max(2, ...[...text.matchAll(/`+/g)].map(([ticks]) => ticks.length));
  const ticks = "`".repeat(longest + 1);
  return `${ticks}${language}\n${text.replace(/\n$/, "")}\n${ticks}`;
}

/** A table. */
export function tableOf(headings: readonly string[], rows: readonly (readonly string[])[]): string {
  const print = (cells: readonly string[]) => `| ${cells.map((cell) => cell.replaceAll("|", "\\|")).join(" | ")} |`;
  return [print(headings), print(headings.map(() => "---")), ...rows.map(print)].join("\n");
}

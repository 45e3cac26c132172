/** Pieces of TOML. */

/** A string between double quotes. JSON's escapes are TOML's, but for DEL. */
export const tomlString = (text: string): string => JSON.stringify(text).replaceAll("\x7f", "\\u007f");

/** A list, one element a line. */
export const tomlList = (items: readonly string[]): string =>
  items.length === 0 ? "[]" : `[\n${items.map((item) => `    ${tomlString(item)},\n`).join("")}]`;

/** A key, in quotes where TOML asks for them. */
export const tomlKey = (name: string): string => (/^[A-Za-z0-9_-]+$/.test(name) ? name : tomlString(name));

/** The terminal's colours, from the site's tokens as they are now. */
import type { ITheme } from "@xterm/xterm";

const tokens = {
  background: "--paper",
  foreground: "--ink",
  cursor: "--ink",
  cursorAccent: "--paper",
  selectionBackground: "--ice-edge",
  black: "--ink",
  red: "--removed",
  green: "--added",
  yellow: "--sun",
  blue: "--ice",
  magenta: "--code-name",
  cyan: "--ice",
  white: "--soft",
} as const;

const names = Object.keys(tokens) as (keyof typeof tokens)[];

export function readTheme(place: HTMLElement): ITheme {
  // A colour of a token may be `light-dark(…)`: only an element that has it says which one it is.
  const probe = document.createElement("span");
  place.append(probe);
  const theme: Record<string, string> = {};
  for (const name of names) {
    probe.style.color = `var(${tokens[name]})`;
    theme[name] = getComputedStyle(probe).color;
  }
  probe.remove();
  for (const name of ["black", "red", "green", "yellow", "blue", "magenta", "cyan", "white"])
    theme[`bright${name[0]!.toUpperCase()}${name.slice(1)}`] = theme[name]!;
  return theme;
}

/** Calls back when the page changes between light and dark. */
export function onThemeChange(changed: () => void): void {
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", changed);
  new MutationObserver(changed).observe(document.documentElement, { attributeFilter: ["data-theme"] });
}

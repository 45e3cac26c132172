import { FitAddon } from "@xterm/addon-fit";
import { Terminal } from "@xterm/xterm";
import { Session } from "./session.ts";
import type { Shell } from "./shell.ts";
import { onThemeChange, readTheme } from "./theme.ts";
import { openTerminal } from "./xterm-styles.ts";

/** Shows a shell in a place, with the cursor in it. It stays there as long as the page. */
export function showTerminal(shell: Shell, place: HTMLElement): void {
  const terminal = new Terminal({
    convertEol: true,
    cursorBlink: false,
    fontFamily: getComputedStyle(place).getPropertyValue("--mono"),
    fontSize: place.clientWidth < 480 ? 12 : 14,
    screenReaderMode: true,
    scrollback: 2000,
    theme: readTheme(place),
  });
  const fit = new FitAddon();
  terminal.loadAddon(fit);
  openTerminal(terminal, place);
  fit.fit();
  const session = new Session(shell, { write: (text) => terminal.write(text), columns: () => terminal.cols });
  terminal.onData((data) => void session.type(data));
  terminal.attachCustomKeyEventHandler((event) => isForTerminal(event, terminal));
  new ResizeObserver(() => {
    const before = terminal.cols;
    fit.fit();
    if (terminal.cols !== before) session.redraw();
  }).observe(place);
  onThemeChange(() => (terminal.options.theme = readTheme(place)));
  session.start();
  terminal.focus();
}

/** Tab completes. Who has no mouse leaves with Shift+Tab, and copies what is selected with Ctrl+C as elsewhere. */
function isForTerminal(event: KeyboardEvent, terminal: Terminal): boolean {
  if (event.key === "Tab" && event.shiftKey) return false;
  return !(event.key === "c" && (event.ctrlKey || event.metaKey) && terminal.hasSelection());
}

/**
 * xterm writes its colours into `<style>` elements and sets some as `style` attributes; the site's Content-Security-Policy
 * allows neither. What script sets through the CSSOM is allowed, so both are led there.
 */
import type { Terminal } from "@xterm/xterm";

/** Opens a terminal in a place. Its `<style>` elements, all made here, become constructed style sheets. */
export function openTerminal(terminal: Terminal, place: HTMLElement): void {
  const make = document.createElement.bind(document);
  document.createElement = ((name: string, options?: ElementCreationOptions) =>
    name === "style" ? standInForStyle() : make(name, options)) as typeof document.createElement;
  try {
    terminal.open(place);
  } finally {
    Reflect.deleteProperty(document, "createElement");
  }
  colourWithoutAttributes(terminal);
}

/** An element without effect; the text that it gets goes into a style sheet. */
function standInForStyle(): HTMLElement {
  const sheet = new CSSStyleSheet();
  document.adoptedStyleSheets.push(sheet);
  const element = document.createElement("template");
  const remove = () => {
    document.adoptedStyleSheets = document.adoptedStyleSheets.filter((each) => each !== sheet);
    HTMLElement.prototype.remove.call(element);
  };
  const textContent = { set: (text: string) => sheet.replaceSync(text) };
  return Object.defineProperties(element, { textContent, remove: { value: remove } });
}

/** What is private to xterm: how it colours a selection and colours that a program gives as red, green and blue. */
interface Inside {
  readonly _core: {
    readonly _renderService: {
      readonly _renderer: { readonly value: { readonly _rowFactory: { _addStyle: AddStyle } } };
    };
  };
}
type AddStyle = (element: HTMLElement, style: string) => void;

function colourWithoutAttributes(terminal: Terminal): void {
  const { _rowFactory } = (terminal as unknown as Inside)._core._renderService._renderer.value;
  _rowFactory._addStyle = (element, style) => void (element.style.cssText += style);
}

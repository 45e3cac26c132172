import type { Place } from "../syntax/source.ts";
import type { NixError, Trace } from "./errors.ts";
import { printOrigin } from "./print.ts";

/** The text of an error as `nix-instantiate` writes it to its error output, without the line's end. */
export function renderError(error: NixError, showTrace = false): string {
  const traces = renderTraces(error.traces.toReversed(), showTrace);
  let text = traces === undefined ? "" : `${traces}\nerror: `;
  text += `${error.message}\n${renderPlace(error.place, "")}`;
  const names = error.suggestions;
  if (names.length > 0) text += `Did you mean ${joinNames(names)}?\n`;
  return indent(text.replace(/\s+$/, ""));
}

function joinNames(names: readonly string[]): string {
  if (names.length === 1) return names[0]!;
  return `one of ${names.slice(0, -1).join(", ")} or ${names.at(-1)}`;
}

/** The first line stands behind `error:`, the others under it. */
function indent(text: string): string {
  const prefix = "error: ";
  return text
    .split("\n")
    .map((line, index) => ((index === 0 ? prefix : " ".repeat(prefix.length)) + line).trimEnd())
    .join("\n");
}

function renderPlace(place: Place | undefined, margin: string): string {
  if (place === undefined) return "";
  const { source, offset } = place;
  const { line, column } = source.at(offset);
  let text = `${margin}at ${printOrigin(source)}:${line}:${column}:`;
  const number = (at: number) => String(at).padStart(5);
  const before = line > 1 ? source.line(line - 1) : undefined;
  if (before !== undefined) text += `\n ${number(line - 1)}| ${before}`;
  const code = source.line(line);
  if (code !== undefined) text += `\n ${number(line)}| ${code}\n      |${" ".repeat(column)}^`;
  const after = source.line(line + 1);
  if (after !== undefined) text += `\n ${number(line + 1)}| ${after}`;
  return `${text}\n`;
}

/** Lines of context, outermost first. Without `showTrace` only the first few; one with a place counts twice. */
function renderTraces(traces: readonly Trace[], showTrace: boolean): string | undefined {
  if (traces.length === 0) return undefined;
  let text = "";
  let count = 0;
  let truncated = false;
  const seen = new Set<string>();
  let skipped: string[] = [];
  const flush = () => {
    // A few repetitions are shown: a note about them would be longer.
    if (skipped.length > 5) text += `\n(${skipped.length} duplicate frames omitted)\n`;
    else text += skipped.join("");
    skipped = [];
  };
  for (const trace of traces) {
    if (trace.text === "") continue;
    if (!showTrace && count > 3) truncated = true;
    if (truncated && !trace.always) continue;
    const place = renderPlace(trace.place, "  ");
    const one = `\n\u00e2\u0080\u00a6 ${trace.text}\n${place}`;
    if (seen.has(one)) {
      skipped.push(one);
      continue;
    }
    seen.add(one);
    flush();
    count += place === "" ? 1 : 2;
    text += one;
  }
  flush();
  if (truncated) text += "\n(stack trace truncated; use '--show-trace' to show the full, detailed trace)\n";
  return text;
}

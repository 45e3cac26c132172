/** Environment markers (PEP 508): the condition behind `;` that says where a requirement holds. */
import { normalizeName } from "./names.ts";
import { isVersion, satisfies, type Specifier } from "./specifiers.ts";

/** The names that a marker may ask about. */
export const markerVariables = [
  "python_version",
  "python_full_version",
  "os_name",
  "sys_platform",
  "platform_release",
  "platform_system",
  "platform_version",
  "platform_machine",
  "platform_python_implementation",
  "implementation_name",
  "implementation_version",
  "extra",
  "extras",
  "dependency_groups",
] as const;
export type MarkerVariable = (typeof markerVariables)[number];

/** One side of a comparison. */
export type Operand = { readonly variable: MarkerVariable } | { readonly value: string };
export type Comparison = "===" | "~=" | "==" | "!=" | "<=" | ">=" | "<" | ">" | "in" | "not in";

/** A marker as a tree. */
export type Marker =
  | { readonly type: "and" | "or"; readonly parts: readonly Marker[] }
  | { readonly type: "compare"; readonly left: Operand; readonly operator: Comparison; readonly right: Operand };

/** What is known of a place where Python runs; what is not known is left out. */
export type MarkerEnvironment = Readonly<Partial<Record<MarkerVariable, string>>>;

/** Spellings of before PEP 508 that pip still reads. */
const oldSpellings: Readonly<Record<string, MarkerVariable>> = {
  "os.name": "os_name",
  "sys.platform": "sys_platform",
  "platform.version": "platform_version",
  "platform.machine": "platform_machine",
  "platform.python_implementation": "platform_python_implementation",
  python_implementation: "platform_python_implementation",
};

const token = /\s*(?:(===|~=|==|!=|<=|>=|<|>|[()])|"([^"]*)"|'([^']*)'|([A-Za-z_][A-Za-z0-9_.]*))/y;
/** More than anybody writes by hand; keeps a hostile marker off the stack. */
const deepest = 100;

const parsed = new Map<string, Marker | string>();

/** Reads a marker. Gives a sentence where it is none. */
export function parseMarker(text: string): Marker | string {
  // Lists that a tool wrote repeat a few markers on all their lines.
  const known = parsed.get(text);
  if (known !== undefined) return known;
  if (parsed.size > 1000) parsed.clear();
  const marker = parse(text);
  parsed.set(text, marker);
  return marker;
}

function parse(text: string): Marker | string {
  const tokens: { kind: "sign" | "text" | "word"; text: string }[] = [];
  token.lastIndex = 0;
  const end = text.trimEnd().length;
  while (token.lastIndex < end) {
    const at = token.lastIndex;
    const [, sign, double, quoted, word] = token.exec(text) ?? [];
    if (sign !== undefined) tokens.push({ kind: "sign", text: sign });
    else if ((double ?? quoted) !== undefined) tokens.push({ kind: "text", text: (double ?? quoted)! });
    else if (word !== undefined) tokens.push({ kind: "word", text: word });
    else return `the marker cannot be read from '${text.slice(at).trim()}' on`;
  }
  return new MarkerParser(tokens).read();
}

class MarkerParser {
  private at = 0;
  private readonly tokens: readonly { kind: "sign" | "text" | "word"; text: string }[];

  constructor(tokens: MarkerParser["tokens"]) {
    this.tokens = tokens;
  }

  read(): Marker | string {
    try {
      const marker = this.or(0);
      const rest = this.tokens[this.at];
      return rest === undefined ? marker : `the marker goes on with '${rest.text}' where it should end`;
    } catch (error) {
      if (error instanceof MarkerError) return error.message;
      throw error;
    }
  }

  private or(depth: number): Marker {
    return this.list("or", () => this.list("and", () => this.term(depth)));
  }

  private list(type: "and" | "or", part: () => Marker): Marker {
    const parts = [part()];
    while (this.takeWord(type)) parts.push(part());
    return parts.length === 1 ? parts[0]! : { type, parts };
  }

  private term(depth: number): Marker {
    if (!this.takeSign("(")) return this.comparison();
    if (depth > deepest) throw new MarkerError("the marker has too many parentheses inside one another");
    const marker = this.or(depth + 1);
    if (!this.takeSign(")")) throw new MarkerError("the marker has a '(' without its ')'");
    return marker;
  }

  private comparison(): Marker {
    const left = this.operand();
    const operator = this.operator();
    const right = this.operand();
    if ("value" in left && "value" in right)
      throw new MarkerError(`the marker compares '${left.value}' with '${right.value}', and asks about nothing`);
    return { type: "compare", left, operator, right };
  }

  private operand(): Operand {
    const next = this.tokens[this.at++];
    if (next === undefined) throw new MarkerError("the marker ends too early");
    if (next.kind === "text") return { value: next.text };
    const variable = oldSpellings[next.text] ?? markerVariables.find((name) => name === next.text);
    if (next.kind === "sign" || variable === undefined)
      throw new MarkerError(`the marker asks about '${next.text}', which Python does not know`);
    return { variable };
  }

  private operator(): Comparison {
    const next = this.tokens[this.at++];
    if (next?.kind === "sign" && next.text !== "(" && next.text !== ")") return next.text as Comparison;
    if (next?.kind === "word" && next.text === "in") return "in";
    if (next?.kind === "word" && next.text === "not" && this.takeWord("in")) return "not in";
    throw new MarkerError(`the marker has no comparison where '${next?.text ?? "its end"}' stands`);
  }

  private takeWord(text: string): boolean {
    return this.take("word", text);
  }

  private takeSign(text: string): boolean {
    return this.take("sign", text);
  }

  private take(kind: string, text: string): boolean {
    const next = this.tokens[this.at];
    if (next?.kind !== kind || next.text !== text) return false;
    this.at++;
    return true;
  }
}

class MarkerError extends Error {}

/** Whether a marker holds; `undefined` where that depends on what the environment does not say. */
export function evaluateMarker(marker: Marker, environment: MarkerEnvironment): boolean | undefined {
  if (marker.type === "compare") return compare(marker, environment);
  const decisive = marker.type === "or";
  let known = true;
  for (const part of marker.parts) {
    const value = evaluateMarker(part, environment);
    if (value === decisive) return decisive;
    known &&= value !== undefined;
  }
  return known ? !decisive : undefined;
}

function compare(
  { left, operator, right }: Extract<Marker, { type: "compare" }>,
  environment: MarkerEnvironment,
): boolean | undefined {
  let one = "value" in left ? left.value : environment[left.variable];
  let other = "value" in right ? right.value : environment[right.variable];
  if (one === undefined || other === undefined) return undefined;
  const variable = "variable" in left ? left.variable : "variable" in right ? right.variable : undefined;
  if (variable === "extra") [one, other] = [normalizeName(one), normalizeName(other)];
  if (operator === "in") return other.includes(one);
  if (operator === "not in") return !other.includes(one);
  // Python compares as versions only where the right side can stand in a specifier; else it compares texts.
  if (variable !== "extra" && isVersion(one) && isVersion(other.replace(/\.\*$/, "")))
    return satisfies(one, [{ operator, version: other } satisfies Specifier]);
  switch (operator) {
    case "==":
    case "===":
      return one === other;
    case "!=":
      return one !== other;
    case "<":
      return one < other;
    case "<=":
      return one <= other;
    case ">":
      return one > other;
    case ">=":
      return one >= other;
    case "~=":
      return undefined;
  }
}

/** As PEP 508 writes it, with parentheses only where they are needed. */
export function printMarker(marker: Marker): string {
  if (marker.type === "compare") {
    const side = (operand: Operand) =>
      "variable" in operand
        ? operand.variable
        : operand.value.includes('"')
          ? `'${operand.value}'`
          : `"${operand.value}"`;
    return `${side(marker.left)} ${marker.operator} ${side(marker.right)}`;
  }
  return marker.parts
    .map((part) =>
      part.type !== "compare" && part.type !== marker.type ? `(${printMarker(part)})` : printMarker(part),
    )
    .join(` ${marker.type} `);
}

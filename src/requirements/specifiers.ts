/** Versions and what is asked of them: PEP 440, whose grammar is that of `@renovatebot/pep440`. */
import { RANGE_PATTERN, satisfies as satisfiesPep440, valid } from "@renovatebot/pep440";

/** One condition on a version, such as `>=` and `2.0`. `===` compares texts; `==1.*` keeps its star. */
export interface Specifier {
  readonly operator: "===" | "~=" | "==" | "!=" | "<=" | ">=" | "<" | ">";
  readonly version: string;
}

const single = new RegExp(`^${RANGE_PATTERN}$`, "i");

/** What is wrong with a text that should be a list of specifiers, and what to do. */
export interface BadSpecifiers {
  readonly message: string;
  readonly help: string;
}

/** Reads `>=2,<3`, also in parentheses; an empty text asks for nothing. */
export function parseSpecifiers(text: string): Specifier[] | BadSpecifiers {
  const inner = /^\((.*)\)$/s.exec(text.trim())?.[1] ?? text;
  const specifiers: Specifier[] = [];
  if (inner.trim() === "") return specifiers;
  for (const part of inner.split(",")) {
    const found = parseSpecifier(part.trim());
    if ("message" in found) return found;
    specifiers.push(found);
  }
  return specifiers;
}

function parseSpecifier(text: string): Specifier | BadSpecifiers {
  const groups = single.exec(text)?.groups;
  if (groups === undefined) return explain(text);
  const operator = groups["operator"] as Specifier["operator"];
  const { version, prefix, legacy } = groups;
  if (version === undefined) return operator === "===" ? { operator, version: legacy! } : explain(text);
  const exact = operator === "==" || operator === "!=";
  if (prefix !== undefined && (!exact || /\+|dev/i.test(version)))
    return {
      message: `'${text}' has a '*' where Python allows none`,
      help: `Write '*' only after '==' or '!=', as in '==${/^[\d.!]+/.exec(version)?.[0] ?? "1"}.*'.`,
    };
  if (operator === "~=" && !/^v?(?:\d+!)?\d+\.\d/i.test(version))
    return { message: `'${text}' needs at least two numbers after '~='`, help: `Write '~=${version}.0'.` };
  if (version.includes("+") && !exact && operator !== "===")
    return {
      message: `'${text}' compares with the local version '${version}'`,
      help: `Leave out '${version.slice(version.indexOf("+"))}', or ask for exactly it with '=='.`,
    };
  return { operator, version: prefix === undefined ? version : `${version}${prefix}` };
}

function explain(text: string): BadSpecifiers {
  const conda = /^=\s*([^=\s]+)=\S*$/.exec(text);
  if (conda) return { message: `'${text}' is a version as conda writes it`, help: `Write '==${conda[1]}'.` };
  const arrow = /^(=>|=<)\s*(\S+)$/.exec(text);
  if (arrow)
    return {
      message: `'${text}' has its operator the wrong way round`,
      help: `Write '${arrow[1] === "=>" ? ">=" : "<="}${arrow[2]}'.`,
    };
  const equals = /^=\s*([^=\s]\S*)$/.exec(text);
  if (equals) return { message: `'${text}' has one '=' where Python asks for two`, help: `Write '==${equals[1]}'.` };
  const poetry = /^([~^])\s*([\d.]+\S*)$/.exec(text);
  if (poetry)
    return {
      message: `'${text}' is a version as poetry writes it`,
      help: `Write '~=${poetry[2]}' or a range such as '>=${poetry[2]}'.`,
    };
  if (valid(text) !== null)
    return { message: `'${text}' is a version without an operator`, help: `Write '==${text}' for exactly it.` };
  return {
    message: text === "" ? "a comma has no version beside it" : `'${text}' is not a version specifier of Python`,
    help: "Write an operator and a version, as in '>=2.0' or '==1.4.*' (PEP 440).",
  };
}

/** As one text, without spaces. */
export const printSpecifiers = (specifiers: readonly Specifier[]): string =>
  specifiers.map(({ operator, version }) => `${operator}${version}`).join(",");

/** Whether a text is a version, such as `1.0rc1`. */
export const isVersion = (text: string): boolean => valid(text) !== null;

const known = new Map<string, boolean>();

/** Whether a version meets all specifiers. Pre-releases count: what is asked about is a version that is there. */
export function satisfies(version: string, specifiers: readonly Specifier[]): boolean {
  if (specifiers.length === 0) return true;
  const range = printSpecifiers(specifiers);
  const key = `${version} ${range}`;
  let answer = known.get(key);
  if (answer === undefined) {
    answer = satisfiesPep440(version, range, { prereleases: true });
    if (known.size > 20_000) known.clear();
    known.set(key, answer);
  }
  return answer;
}

/** The version that is asked for exactly, by `==` without a star or by `===`. */
export const exactVersion = (specifiers: readonly Specifier[]): string | undefined =>
  specifiers.find(({ operator, version }) => operator === "===" || (operator === "==" && !version.endsWith(".*")))
    ?.version;

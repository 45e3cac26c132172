/** Random expressions of the Nix language: mostly well typed, so that most of them have a value, with some that are not. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";

/** The variables in scope, by type, and how many were ever bound. */
interface Scope {
  readonly names: Readonly<Record<string, readonly string[]>>;
  readonly bound: number;
}

/** A piece of an expression. It is given the variables in scope and gives its text, all on one line. */
type Piece = (scope: Scope) => string;

const part = /%([a-z]+?text|[a-z]+)(?:>([a-z]+))?/g;

/** The sections of `grammar.txt`: forms by type. */
const forms = new Map(
  readFileSync(join(import.meta.dirname, "grammar.txt"), "utf8")
    .split(/^(?=\[[a-z]+\]$)/m)
    .slice(1)
    .map((section) => {
      const [name = "", ...lines] = section.trimEnd().split("\n");
      const forms = lines.filter((line) => line !== "").map((line) =>
        line.replaceAll("~", "builtins.").replaceAll("¶", "\n").replaceAll("⇥", "\t"),
      );
      return [name.slice(1, -1), forms];
    }),
);

/** What stands for itself: never in parentheses, never made by a wrapper. */
const isText = (type: string) => type.endsWith("text");
const isWord = (type: string) => isText(type) || type === "word";
const isVerbatim = (type: string) => isWord(type) || type === "binds" || type === "attrs";

/** The scope with one more variable, whose name is given to `use`. */
function bind(scope: Scope, type: string, use: (name: string, inner: Scope) => string): string {
  const name = `v${scope.bound}`;
  const names = { ...scope.names, [type]: [...(scope.names[type] ?? []), name] };
  return use(name, { names, bound: scope.bound + 1 });
}

type Tie = (type: string) => fc.Arbitrary<Piece>;

/** An expression of a type as a part of another: in parentheses, but now and then without. */
function operand(tie: Tie, type: string): fc.Arbitrary<Piece> {
  if (isVerbatim(type)) return tie(type);
  return fc.tuple(tie(type), fc.nat(15)).map<Piece>(([piece, bare]) => (scope) => {
    const text = piece(scope);
    return bare === 15 || /^(\w+|".*"|\[ \]|\{ \})$/.test(text) ? text : `(${text})`;
  });
}

function lambda(tie: Tie, from: string, to: string): fc.Arbitrary<Piece> {
  return tie(to).map<Piece>((body) => (scope) => bind(scope, from, (name, inner) => `(${name}: ${body(inner)})`));
}

/** A form with its parts filled in. `%self` is `type`. */
function fill(tie: Tie, form: string, type: string): fc.Arbitrary<Piece> {
  const own = (name: string) => (name === "self" ? type : name);
  const parts = [...form.matchAll(part)].map(([, first = "", to]) =>
    to === undefined ? operand(tie, own(first)) : lambda(tie, own(first), own(to)),
  );
  const between = form.replaceAll(part, "\0").split("\0");
  return fc.tuple(...parts).map<Piece>((pieces) => (scope) =>
    between.map((text, i) => text + (pieces[i]?.(scope) ?? "")).join(""),
  );
}

/** A form whose body sees a new variable. */
const binders: readonly ((name: string, value: string, body: string) => string)[] = [
  (name, value, body) => `let ${name} = ${value}; in ${body}`,
  (name, value, body) => `(${name}: ${body}) (${value})`,
  (name, value, body) => `({ ${name} ? ${value}, ... }@args: ${body}) { other = 1; }`,
  (name, value, body) => `with { ${name} = ${value}; }; ${body}`,
  (name, value, body) => `rec { ${name} = ${value}; result = ${body}; }.result`,
];

function bound(tie: Tie, type: string): fc.Arbitrary<Piece> {
  return fc
    .tuple(fc.constantFrom(...binders), fc.constantFrom("int", "str", "list", "set", "fun", "drv"))
    .chain(([binder, from]) =>
      fc.tuple(tie(from), tie(type)).map<Piece>(([value, body]) => (scope) => {
        const text = value(scope);
        return bind(scope, from, (name, inner) => binder(name, text, body(inner)));
      }),
    );
}

function variable(type: string, otherwise: string): fc.Arbitrary<Piece> {
  return fc.nat(7).map<Piece>((n) => ({ names }) => {
    const known = names[type] ?? [];
    return known[n % Math.max(1, known.length)] ?? otherwise;
  });
}

/** All forms of a type: leaves first, since that is what `fast-check` shrinks to. */
function typed(tie: Tie, type: string): fc.Arbitrary<Piece> {
  const own = forms.get(type)!;
  // A text inside an expression costs no depth; a text inside a text does.
  const isLeaf = (form: string) => ![...form.matchAll(part)].some(([, of = ""]) => isText(type) || !isWord(of));
  const leaves = own.filter(isLeaf).map((form) => fill(tie, form, type));
  if (leaves.length === own.length) return fc.oneof(...leaves);
  const branches = own.filter((form) => !isLeaf(form)).map((form) => fill(tie, form, type));
  const first = own.find(isLeaf) ?? "1";
  const wrappers = type === "any" || isText(type) ? [] : forms.get("wrapper")!.map((form) => fill(tie, form, type));
  return fc.oneof(
    { maxDepth: 5, depthSize: "xlarge", depthIdentifier: "expression" },
    leaves.length === 0 ? fc.constant<Piece>(() => first) : fc.oneof(...leaves, variable(type, first)),
    { arbitrary: fc.oneof(...branches), weight: type === "any" ? 60 : 8 },
    ...(wrappers.length === 0
      ? []
      : [
          { arbitrary: fc.oneof(...wrappers, ...Array.from({ length: 8 }, () => bound(tie, type))), weight: 1 },
          { arbitrary: variable(type, first), weight: 1 },
        ]),
  );
}

/** Attributes of a set, all kinds; names may meet. */
function attributes(tie: Tie): fc.Arbitrary<Piece> {
  const kinds = [
    "%nametext = %any;",
    "%nametext = %any;",
    "%nametext.%nametext = %any;",
    "%nametext = { %nametext = %any; };",
    "${%str} = %any;",
    "%nametext.${%str} = %any;",
    "inherit (%set) %nametext;",
  ];
  const one = fc.oneof(...kinds.map((form) => fill(tie, form, "any")));
  return fc.array(one, { maxLength: 3 }).map<Piece>((all) => (scope) => all.map((each) => each(scope)).join(" "));
}

/** `x`, `y` and `z`, which see one another. */
function bindings(tie: Tie): fc.Arbitrary<Piece> {
  return fc.tuple(tie("any"), tie("any"), fc.nat(5)).map<Piece>(([x, y, order]) => (scope) => {
    const names = { ...scope.names, int: [...(scope.names["int"] ?? []), "z"], set: [...(scope.names["set"] ?? []), "y"] };
    const inner = { ...scope, names };
    const all = [`x = ${x(inner)};`, `y = ${y(order > 3 ? inner : scope)};`, "z = 3;"];
    return [...all.slice(order % 3), ...all.slice(0, order % 3)].join(" ");
  });
}

const types = [...forms.keys()].filter((type) => type !== "wrapper");

/** Any expression, as text of at most 400 characters. */
export const expressions: fc.Arbitrary<string> = fc
  .letrec<Record<string, Piece>>((tie) => ({
    ...Object.fromEntries(types.map((type) => [type, typed(tie, type)])),
    attrs: attributes(tie),
    binds: bindings(tie),
  }))
  ["any"]!.map((piece) => piece({ names: {}, bound: 0 }))
  .filter((text) => text.length <= 400);

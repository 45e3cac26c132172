/** Random expressions of the Nix language: mostly well typed, so that most of them have a value, with some that are not. */
import fc from "fast-check";

/** A piece of an expression. It is given the variables in scope, by type, and gives its text, all on one line. */
type Piece = (scope: Scope) => string;
type Type = "int" | "float" | "bool" | "str" | "list" | "set" | "fun";
type Scope = Readonly<Record<Type, readonly string[]>> & { readonly depth: number };

const types: readonly Type[] = ["int", "float", "bool", "str", "list", "set", "fun"];
const noNames: Scope = { int: [], float: [], bool: [], str: [], list: [], set: [], fun: [], depth: 0 };

/** The scope with one more variable, whose name is given to `use`. */
function bind(scope: Scope, type: Type, use: (name: string, inner: Scope) => string): string {
  const name = `v${scope.depth}`;
  return use(name, { ...scope, [type]: [...scope[type], name], depth: scope.depth + 1 });
}

const text = (value: string): Piece => () => value;
/** A template whose pieces all see the same scope. */
const join =
  (strings: TemplateStringsArray, ...pieces: Piece[]): Piece =>
  (scope) =>
    strings.map((part, i) => part + (pieces[i]?.(scope) ?? "")).join("");

const words = fc.constantFrom("", "a", "b", "snake", "py thon", "3.13.0", "x-1.2pre", "é", "🐍", "A.b_c", "\\n", "\\\"", "$", "''", "=");
const names = fc.constantFrom("a", "b", "c", "name", "value", '"x y"', '"é"', "or");
const integers = fc.oneof(
  fc.integer({ min: -3, max: 12 }),
  fc.constantFrom(9007199254740991n, 9007199254740993n, 4611686018427387904n, 9223372036854775807n, 3037000500n),
);

/** Any expression, as text on one line. */
export const expressions: fc.Arbitrary<string> = fc
  .letrec<Record<Type | "any" | "wild", Piece>>((tie) => {
    const [int, float, bool, str, list, set, fun, any] = [...types, "any" as const].map((type) => tie(type)) as [
      fc.Arbitrary<Piece>, fc.Arbitrary<Piece>, fc.Arbitrary<Piece>, fc.Arbitrary<Piece>,
      fc.Arbitrary<Piece>, fc.Arbitrary<Piece>, fc.Arbitrary<Piece>, fc.Arbitrary<Piece>,
    ]; // prettier-ignore
    const number = fc.oneof({ arbitrary: int, weight: 3 }, float);

    const variable = (type: Type, fallback: string) =>
      fc.nat(7).map<Piece>((n) => (scope) => scope[type][n % Math.max(1, scope[type].length)] ?? fallback);
    const of = (...parts: fc.Arbitrary<Piece>[]) => fc.tuple(...parts);
    const call = (name: string, ...parts: fc.Arbitrary<Piece>[]) =>
      of(...parts).map<Piece>((pieces) => (scope) => `(${name} ${pieces.map((p) => `(${p(scope)})`).join(" ")})`);
    const infix = (left: fc.Arbitrary<Piece>, operators: readonly string[], right: fc.Arbitrary<Piece>) =>
      fc.tuple(left, fc.constantFrom(...operators), right).map(([l, op, r]) => join`(${l} ${text(op)} ${r})`);

    /** What any type can be wrapped in: conditions, bindings, calls, selections. */
    const wrapped = (type: Type): fc.Arbitrary<Piece>[] => {
      const self = tie(type);
      const binding = fc.constantFrom(...types).chain((bound) => fc.tuple(fc.constant(bound), tie(bound), self));
      return [
        of(bool, self, self).map(([c, a, b]) => join`(if ${c!} then ${a!} else ${b!})`),
        binding.map<Piece>(([bound, value, body]) => (scope) => bind(scope, bound, (name, inner) => `(let ${name} = ${value(scope)}; in ${body(inner)})`)),
        binding.map<Piece>(([bound, value, body]) => (scope) => bind(scope, bound, (name, inner) => `((${name}: ${body(inner)}) (${value(scope)}))`)),
        binding.map<Piece>(([bound, value, body]) => (scope) => bind(scope, bound, (name, inner) => `(({ ${name} ? ${value(scope)}, ... }@args: ${body(inner)}) { other = 1; })`)),
        binding.map<Piece>(([bound, value, body]) => (scope) => bind(scope, bound, (name, inner) => `(with { ${name} = ${value(scope)}; }; ${body(inner)})`)),
        fc.tuple(names, self).map(([name, value]) => join`({ ${text(name)} = ${value}; }.${text(name)})`),
        fc.tuple(names, set, self).map(([name, from, value]) => join`((${from}).${text(name)} or ${value})`),
        of(bool, self).map(([c, a]) => join`(assert ${c!}; ${a!})`),
        of(any, self).map(([ignored, a]) => join`(builtins.seq (${ignored!}) (${a!}))`),
        of(self).map(([a]) => join`(builtins.head [ (${a!}) ])`),
        of(self, self).map(([a, b]) => join`(let r = builtins.tryEval (${a!}); in if r.success then r.value else ${b!})`),
        fc.constant(text('(throw "x")')),
      ];
    };
    const grow = (type: Type, leaves: fc.Arbitrary<Piece>[], branches: fc.Arbitrary<Piece>[]) =>
      fc.oneof(
        { maxDepth: 6, depthSize: "medium", depthIdentifier: "expression" },
        ...leaves.map((arbitrary) => ({ arbitrary, weight: 3 })),
        ...branches.map((arbitrary) => ({ arbitrary, weight: 4 })),
        ...wrapped(type).map((arbitrary) => ({ arbitrary, weight: 1 })),
        { arbitrary: any, weight: 1 },
      );
    const attribute = fc.oneof(
      fc.tuple(names, any).map(([name, value]) => join`${text(name)} = ${value};`),
      fc.tuple(names, names, any).map(([a, b, value]) => join`${text(a)}.${text(b)} = ${value};`),
      fc.tuple(str, any).map(([name, value]) => join`\${${name}} = ${value};`),
      fc.tuple(names, set).map(([name, from]) => join`inherit (${from}) ${text(name)};`),
    );
    const attributes = fc.array(attribute, { maxLength: 4 }).map<Piece>((all) => (scope) => all.map((each) => each(scope)).join(" "));
    const lambda = (from: Type, to: fc.Arbitrary<Piece>) =>
      to.map<Piece>((body) => (scope) => bind(scope, from, (name, inner) => `(${name}: ${body(inner)})`));

    return {
      any: fc.oneof(...types.map((type) => tie(type)), fc.constant(text("null")), fc.constant(text("/a/b"))),
      wild: any,
      int: grow(
        "int",
        [integers.map((n) => text(n < 0 ? `(${n})` : `${n}`)), variable("int", "1")],
        [
          infix(int, ["+", "-", "*", "/"], int),
          int.map((n) => join`(-${n})`),
          call("builtins.length", list),
          call("builtins.stringLength", str),
          call("builtins.foldl' builtins.add", int, list),
          infix(int, ["+", "-", "*"], int),
          call("builtins.bitAnd", int, int),
          call("builtins.bitXor", int, int),
          call("builtins.compareVersions", str, str),
          call("builtins.floor", number),
          call("builtins.ceil", number),
          call("builtins.elemAt", list, int),
        ],
      ),
      float: grow(
        "float",
        [fc.constantFrom("0.5", "1.0", "(-2.25)", "1.0e10", "3.14159265358979", "1.0e-7").map(text), variable("float", "2.5")],
        [infix(float, ["+", "-", "*", "/"], number)],
      ),
      bool: grow(
        "bool",
        [fc.constantFrom("true", "false").map(text), variable("bool", "true")],
        [
          infix(bool, ["&&", "||", "->"], bool),
          bool.map((b) => join`(!${b})`),
          infix(number, ["<", "<=", ">", ">=", "==", "!="], number),
          infix(str, ["<", ">=", "==", "!="], str),
          infix(list, ["<", "==", "!="], list),
          infix(set, ["==", "!="], set),
          infix(any, ["==", "!="], any),
          fc.tuple(set, names, names).map(([s, a, b]) => join`((${s}) ? ${text(a)}.${text(b)})`),
          call("builtins.elem", any, list),
          call("builtins.any (v: builtins.isInt v)", list),
          call("builtins.hasAttr", str, set),
          fc.tuple(fc.constantFrom("isInt", "isString", "isList", "isAttrs", "isFunction", "isNull"), any).map(([f, a]) => join`(builtins.${text(f)} (${a}))`),
        ],
      ),
      str: grow(
        "str",
        [words.map((w) => text(`"${w}"`)), variable("str", '"s"')],
        [
          fc.tuple(words, str, words).map(([a, s, b]) => join`"${text(a)}\${${s}}${text(b)}"`),
          str.map((s) => join`''  x \${${s}}  ''`),
          infix(str, ["+"], str),
          call("toString", any),
          call("builtins.toJSON", any),
          call("builtins.substring", int, int, str),
          call("builtins.concatStringsSep", str, list),
          call("builtins.concatStringsSep \"-\"", call("map toString", list)),
          of(str, str, str).map(([a, b, s]) => join`(builtins.replaceStrings [ (${a!}) "b" ] [ (${b!}) "B" ] (${s!}))`),
          call("builtins.typeOf", any),
          call("builtins.hashString \"md5\"", str),
          call("baseNameOf", str),
          call("dirOf", str),
        ],
      ),
      list: grow(
        "list",
        [text("[ ]"), text("[ 1 2 3 ]")].map((piece) => fc.constant(piece)).concat(variable("list", '[ "a" ]')),
        [
          fc.array(any, { maxLength: 4 }).map<Piece>((all) => (scope) => `[ ${all.map((each) => `(${each(scope)})`).join(" ")} ]`),
          infix(list, ["++"], list),
          call("map", fun, list),
          call("builtins.filter", lambda("int", bool), list),
          call("builtins.sort builtins.lessThan", list),
          call("builtins.genList (n: n * n)", int),
          call("builtins.attrNames", set),
          call("builtins.attrValues", set),
          call("builtins.concatMap", lambda("int", list), list),
          call("builtins.splitVersion", str),
          call("builtins.split \"([ab]+)|-\"", str),
          call("builtins.tail", list),
          call("builtins.catAttrs \"a\"", list),
          call("builtins.concatLists", fc.constant(text("[ [ 1 ] [ ] ]"))),
        ],
      ),
      set: grow(
        "set",
        [fc.constant(text("{ }")), variable("set", "{ a = 1; }")],
        [
          attributes.map((all) => join`{ ${all} }`),
          attributes.map((all) => join`(rec { ${all} z = 1; })`),
          infix(set, ["//"], set),
          call("builtins.mapAttrs (n: v: [ n v ])", set),
          call("removeAttrs", set, fc.constant(text('[ "a" "name" ]'))),
          call("builtins.intersectAttrs", set, set),
          call("builtins.groupBy toString", list),
          call("builtins.partition (v: builtins.isInt v)", list),
          call("builtins.parseDrvName", str),
          call("builtins.zipAttrsWith (n: vs: vs)", fc.tuple(set, set).map(([a, b]) => join`[ (${a}) (${b}) ]`)),
          fc.tuple(str, any).map(([name, value]) => join`(builtins.listToAttrs [ { name = ${name}; value = ${value}; } ])`),
          any.map((value) => join`(builtins.fromJSON (builtins.toJSON { a = ${value}; }))`),
        ],
      ),
      fun: grow(
        "fun",
        [fc.constantFrom("(x: x)", "toString", "builtins.typeOf", "(builtins.add 1)", "({ a ? 1, ... }: a)").map(text), variable("fun", "(x: [ x ])")],
        [lambda("int", any), lambda("str", any), any.map((value) => join`{ __functor = self: x: ${value}; }`)],
      ),
    };
  })
  .any.map((piece) => piece(noNames));

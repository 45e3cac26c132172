import { printIdentifier, printString } from "../eval/print.ts";
import { formatFloat } from "../text/float.ts";
import type { AttrName, AttrsExpr, BinaryOperator, Expr, LambdaExpr } from "./ast.ts";

/** An expression as `nix-instantiate --parse` and messages about assertions print it. */
export function showExpr(expr: Expr): string {
  switch (expr.kind) {
    case "int":
      return String(expr.value);
    case "float":
      return formatFloat(expr.value);
    case "string":
      return printString(expr.value);
    case "path":
      return expr.value;
    case "var":
      return printIdentifier(expr.name);
    case "inheritFrom":
      return "";
    case "curPos":
      return "__curPos";
    case "select": {
      const fallback = expr.fallback ? ` or (${showExpr(expr.fallback)})` : "";
      return `(${showExpr(expr.of)}).${showAttrPath(expr.path)}${fallback}`;
    }
    case "hasAttr":
      return `((${showExpr(expr.of)}) ? ${showAttrPath(expr.path)})`;
    case "attrs":
      return `${expr.recursive ? "rec " : ""}{ ${showBindings(expr)}}`;
    case "list":
      return `[ ${expr.items.map((item) => `(${showExpr(item)}) `).join("")}]`;
    case "lambda":
      return showLambda(expr);
    case "call":
      return `(${[expr.fn, ...expr.args].map(showExpr).join(" ")})`;
    case "let":
      return `(let ${showBindings(expr.attrs)}in ${showExpr(expr.body)})`;
    case "with":
      return `(with ${showExpr(expr.of)}; ${showExpr(expr.body)})`;
    case "if":
      return `(if ${showExpr(expr.test)} then ${showExpr(expr.yes)} else ${showExpr(expr.no)})`;
    case "assert":
      return `assert ${showExpr(expr.test)}; ${showExpr(expr.body)}`;
    case "not":
      return `(! ${showExpr(expr.of)})`;
    case "binary":
      return showBinary(expr.op, showExpr(expr.left), showExpr(expr.right));
    case "concat":
      return `(${expr.parts.map((part) => showExpr(part.value)).join(" + ")})`;
  }
}

function showBinary(op: BinaryOperator, left: string, right: string): string {
  switch (op) {
    case "-":
      return `(__sub ${left} ${right})`;
    case "*":
      return `(__mul ${left} ${right})`;
    case "/":
      return `(__div ${left} ${right})`;
    case "<":
      return `(__lessThan ${left} ${right})`;
    case ">":
      return `(__lessThan ${right} ${left})`;
    case "<=":
      return `(! (__lessThan ${right} ${left}))`;
    case ">=":
      return `(! (__lessThan ${left} ${right}))`;
  }
  return `(${left} ${op} ${right})`;
}

function showLambda({ formals, ellipsis, arg, body }: LambdaExpr): string {
  if (formals === undefined) return `(${printIdentifier(arg!)}: ${showExpr(body)})`;
  const parts = [...formals]
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .map(({ name, fallback }) => printIdentifier(name) + (fallback ? ` ? ${showExpr(fallback)}` : ""));
  if (ellipsis) parts.push("...");
  return `({ ${parts.join(", ")} }${arg === undefined ? "" : ` @ ${printIdentifier(arg)}`}: ${showExpr(body)})`;
}

function showBindings(attrs: AttrsExpr): string {
  const sorted = [...attrs.bindings.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
  const names = (how: string) => sorted.filter((binding) => binding.how === how);
  let text = "";
  const inherited = names("inherited");
  if (inherited.length > 0) text += `inherit${inherited.map(({ name }) => ` ${printIdentifier(name)}`).join("")}; `;
  attrs.from.forEach((from, index) => {
    const selected = names("from").filter(
      ({ value }) => value.kind === "select" && value.of.kind === "inheritFrom" && value.of.index === index,
    );
    if (selected.length > 0)
      text += `inherit (${showExpr(from)})${selected.map(({ name }) => ` ${printIdentifier(name)}`).join("")}; `;
  });
  for (const { name, value } of names("plain")) text += `${printIdentifier(name)} = ${showExpr(value)}; `;
  for (const { name, value } of attrs.dynamic) text += `"\${${showExpr(name)}}" = ${showExpr(value)}; `;
  return text;
}

/** `a.b."${c}"`, as it stands behind a dot. */
function showAttrPath(path: readonly AttrName[]): string {
  return path.map((name) => (typeof name === "string" ? printIdentifier(name) : `"\${${showExpr(name)}}"`)).join(".");
}

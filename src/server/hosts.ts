/**
 * The site's headers in the words of hosts that do not read a `_headers` file. One file is the source of all. For Apache
 * and nginx the last rule that gives a header counts, so that nothing needs to be taken away first.
 */
import type { HeaderRule } from "./headers.ts";

const pattern = ({ path }: HeaderRule): string => path.replace(/[\\^$.+?()[\]{}|]/g, "\\$&").replaceAll("*", ".*");
const quoted = (value: string): string => `"${value.replace(/["\\]/g, "\\$&")}"`;

/** A `_headers` file, with every path under the base path. */
export function headersFile(rules: readonly HeaderRule[], base = "/"): string {
  const print = ({ path, removes, headers }: HeaderRule) => [
    `${base}${path.slice(1)}`,
    ...removes.map((name) => `  ! ${name}`),
    ...headers.map(([name, value]) => `  ${name}: ${value}`),
  ];
  return `${rules.map((rule) => print(rule).join("\n")).join("\n\n")}\n`;
}

/** `vercel.json`. Vercel does not say which of two rules counts: what a later rule gives, an earlier one leaves out there. */
export function vercelFile(rules: readonly HeaderRule[]): string {
  const headers = rules.flatMap((rule, at) =>
    rule.headers.map(([key, value]) => {
      const later = rules.slice(at + 1).filter((each) => each.headers.some(([name]) => name === key));
      return { source: vercelSource(rule, later), headers: [{ key, value }] };
    }),
  );
  return `${JSON.stringify({ trailingSlash: true, headers }, undefined, 2)}\n`;
}

/** The paths of a rule as Vercel takes them, but for those of other rules: `/((?!(?:lab/.*)$).*)`. */
function vercelSource(rule: HeaderRule, others: readonly HeaderRule[]): string {
  const start = ({ path }: HeaderRule): string => path.replace(/\*.*$/, "");
  const common = others.filter((each) => start(each).startsWith(start(rule)) || start(rule).startsWith(start(each)));
  if (common.length === 0) return rule.path.replaceAll("*", "(.*)");
  const [own, ...but] = [rule, ...common].map((each) => pattern(each).slice(1));
  return `/((?!(?:${but.join("|")})$)${own})`;
}

/** `.htaccess`, for Apache with mod_headers; it stands in the site's own folder, wherever that is served. */
export function apacheFile(rules: readonly HeaderRule[], base = "/"): string {
  const print = (rule: HeaderRule) => [
    `<If "%{REQUEST_URI} =~ m#^${pattern({ ...rule, path: base + rule.path.slice(1) })}$#">`,
    ...rule.headers.map(([name, value]) => `  Header always set ${name} ${quoted(value)}`),
    "</If>",
  ];
  return ["Options -Indexes", "ErrorDocument 404 " + base + "404.html", ...rules.flatMap(print), ""].join("\n");
}

/**
 * Lines for a `server` of nginx. Of several `add_header` levels nginx takes only the innermost, so that the values are
 * chosen by `map`, outside of the server, and each header is added once.
 */
export function nginxFile(rules: readonly HeaderRule[], base = "/"): string {
  const names = [...new Set(rules.flatMap(({ headers }) => headers.map(([name]) => name)))];
  const variable = (name: string) => `$site_${name.toLowerCase().replaceAll("-", "_")}`;
  const map = (name: string) => [
    `map $uri ${variable(name)} {`,
    // The first pattern that fits counts: the last rule stands first.
    ...rules
      .toReversed()
      .flatMap((rule) =>
        rule.headers
          .filter((header) => header[0] === name)
          .map(([, value]) => `  "~^${pattern({ ...rule, path: base + rule.path.slice(1) })}$" ${quoted(value)};`),
      ),
    "}",
  ];
  return [
    "# Before the server:",
    ...names.flatMap(map),
    "# In the server:",
    `error_page 404 ${base}404.html;`,
    ...names.map((name) => `add_header ${name} ${variable(name)} always;`),
    "",
  ].join("\n");
}

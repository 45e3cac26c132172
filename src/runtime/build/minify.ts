import { decodeUtf8, encodeUtf8, tokenize, tokenKinds } from "#nix";

/** What would become one token without a blank: two names or paths, two operators, a URI, a search path. */
const growsTogether = /^(?:[\w'./~+:<-][\w'./~+-]|[<>+*?@$&=|!/:-]{2})$/;

/**
 * A Nix text without comments, and with only those blanks that keep tokens apart. Line ends stay, so that places in
 * errors name the lines that the file in the repository has. @throws Error for what is no Nix
 */
export function minifyNix(text: string): string {
  const source = encodeUtf8(text);
  const { kinds, starts, ends } = tokenize(source);
  let result = "";
  let at = 0;
  for (let token = 0; kinds[token] !== tokenKinds.end; token++) {
    const kind = kinds[token];
    // It stands over the end of the path itself.
    if (kind === tokenKinds.pathEnd) continue;
    if (kind === tokenKinds.failure) throw new Error(`what should be Nix is not, at byte ${starts[token]}`);
    const between = source.slice(at, starts[token]);
    const word = source.slice(starts[token], ends[token]);
    const lines = between.replace(/[^\n]/g, "");
    const isLoose = between !== "" && growsTogether.test(`${result.at(-1)}${word[0]}`);
    result += (lines === "" && isLoose ? " " : lines) + word;
    at = ends[token]!;
  }
  return decodeUtf8(result);
}

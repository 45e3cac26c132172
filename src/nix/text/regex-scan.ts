// Nix hands patterns to std::regex of libstdc++ with the flag `extended`. What that library accepts differs from POSIX in
// many small ways (an escape of an ordinary character is refused, `a**` is not, `[a-é]` is an empty range because its
// characters are signed bytes), and Nix code depends on it. So the tokens, the grammar and the order of the search are
// those of libstdc++ (GCC 12 to 16 agree in all that `extended` uses).

/** A pattern that cannot be used: `syntax` is "invalid", `space` is "memory limit exceeded". */
export class RegexProblem extends Error {
  readonly code: "syntax" | "space";

  constructor(code: "syntax" | "space") {
    super(code);
    this.code = code;
  }
}

/** One token; `text` is the character, the name in a class, or the digits of a count. */
export interface Token {
  readonly type:
    | "end"
    | "char"
    | "any"
    | "line-begin"
    | "line-end"
    | "star"
    | "plus"
    | "optional"
    | "or"
    | "open"
    | "close"
    | "bracket"
    | "bracket-not"
    | "bracket-end"
    | "dash"
    | "collating"
    | "equivalence"
    | "class"
    | "brace"
    | "count"
    | "comma"
    | "brace-end";
  readonly text: string;
}

const special = ".[\\()*+?{|^$";
const operators: Readonly<Record<string, Token["type"]>> = {
  "^": "line-begin",
  $: "line-end",
  ".": "any",
  "*": "star",
  "+": "plus",
  "?": "optional",
  "|": "or",
  "(": "open",
  ")": "close",
};
const namedBy: Readonly<Record<string, Token["type"]>> = { ".": "collating", ":": "class", "=": "equivalence" };

/** Cuts a pattern into tokens, one ahead of its reader: a bad token is refused as soon as the one before it is taken. */
export class RegexScanner {
  readonly #pattern: string;
  #at = 0;
  #state: "normal" | "bracket" | "brace" = "normal";
  #atBracketStart = false;
  token: Token;

  constructor(pattern: string) {
    this.#pattern = pattern;
    this.token = this.#scan();
  }

  /** Takes the token when it is of this type. */
  take(type: Token["type"]): Token | undefined {
    const { token } = this;
    if (token.type !== type) return undefined;
    this.token = this.#scan();
    return token;
  }

  #scan(): Token {
    const character = this.#pattern[this.#at];
    if (character === undefined) return { type: "end", text: "" };
    this.#at++;
    if (this.#state === "bracket") return this.#scanBracket(character);
    if (this.#state === "brace") return this.#scanBrace(character);
    return this.#scanNormal(character);
  }

  #scanNormal(character: string): Token {
    if (!special.includes(character)) return { type: "char", text: character };
    if (character === "\\") {
      const escaped = this.#pattern[this.#at++];
      if (escaped === undefined || !special.includes(escaped)) throw new RegexProblem("syntax");
      return { type: "char", text: escaped };
    }
    if (character === "[") {
      this.#state = "bracket";
      this.#atBracketStart = true;
      if (this.#pattern[this.#at] !== "^") return { type: "bracket", text: "" };
      this.#at++;
      return { type: "bracket-not", text: "" };
    }
    if (character === "{") {
      this.#state = "brace";
      return { type: "brace", text: "" };
    }
    return { type: operators[character]!, text: "" };
  }

  #scanBracket(character: string): Token {
    const atStart = this.#atBracketStart;
    this.#atBracketStart = false;
    if (character === "-") return { type: "dash", text: "" };
    if (character === "]" && !atStart) {
      this.#state = "normal";
      return { type: "bracket-end", text: "" };
    }
    if (character !== "[") return { type: "char", text: character };
    const kind = this.#pattern[this.#at];
    if (kind === undefined) throw new RegexProblem("syntax");
    const type = namedBy[kind];
    if (!type) return { type: "char", text: character };
    const end = this.#pattern.indexOf(kind, this.#at + 1);
    if (end < 0 || this.#pattern[end + 1] !== "]") throw new RegexProblem("syntax");
    const text = this.#pattern.slice(this.#at + 1, end);
    this.#at = end + 2;
    return { type, text };
  }

  #scanBrace(character: string): Token {
    if (character === ",") return { type: "comma", text: "" };
    if (character === "}") {
      this.#state = "normal";
      return { type: "brace-end", text: "" };
    }
    if (!/[0-9]/.test(character)) throw new RegexProblem("syntax");
    const start = this.#at - 1;
    while (/[0-9]/.test(this.#pattern[this.#at] ?? "")) this.#at++;
    return { type: "count", text: this.#pattern.slice(start, this.#at) };
  }
}

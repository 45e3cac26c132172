/** The lexer alone, for those that need no evaluator: the editor's colours. */
export { encodeUtf8 } from "../text/bytes.ts";
export { tokenize } from "./lexer.ts";
export { T as tokenKinds } from "./tokens.ts";

import { allBuiltins } from "./builtins/all.ts";
import { derivationText } from "./builtins/derivation-text.ts";
import { makeGlobals } from "./builtins/globals.ts";
import { Attrs } from "./eval/attrs.ts";
import { compile } from "./eval/compile.ts";
import { guillemets } from "./eval/print.ts";
import { resolve, type Globals } from "./eval/resolve.ts";
import { Evaluation, type Options, type Result } from "./eval/session.ts";
import type { State } from "./eval/state.ts";
import { Thunk, type Builtin, type Lazy, type Value } from "./eval/values.ts";
import { parse } from "./syntax/parser.ts";
import { Source } from "./syntax/source.ts";

/** The version of Nix whose language this is. */
export const nixVersion = "2.34.8";

function constants({ settings, host, store }: State): [string, Lazy][] {
  const path = settings.nixPath.map((entry) => Attrs.from(Object.entries(entry)));
  const always: [string, Lazy][] = [
    ["nixVersion", nixVersion],
    ["langVersion", 6],
    ["storeDir", store.storeDir],
    ["nixPath", path],
  ];
  if (settings.pure) return always;
  return [
    ...always,
    ["currentTime", new Thunk(() => host.currentTime(), [])],
    ["currentSystem", settings.currentSystem],
  ];
}

function globalsFor(state: State, extra: readonly Builtin[]): Globals {
  const globals: Globals = makeGlobals(
    [...allBuiltins, ...extra],
    [
      ...constants(state),
      [
        "derivation",
        new Thunk(() => {
          const source = new Source(
            derivationText,
            { type: "internal", name: `${guillemets("nix-internal")}/derivation-internal.nix` },
            "/",
          );
          const expr = parse(source);
          resolve(expr, source, globals);
          return compile(expr, source)([]);
        }, []),
      ],
    ],
    state.settings.features,
  );
  return globals;
}

/** Sets up an evaluation. `builtins` are added to those of the language. */
export function createEvaluation(options: Options & { readonly builtins?: readonly Builtin[] }): Evaluation {
  return new Evaluation(options, (state) => globalsFor(state, options.builtins ?? []));
}

/** The value of a program in an evaluation of its own; for more than one, or to force what is in it, `createEvaluation`. */
export function evaluate(text: string, options: Options & { readonly basePath?: string }): Result<Value> {
  return createEvaluation(options).evaluate(text, options.basePath ?? "/");
}

export { Attrs, AttrsBuilder } from "./eval/attrs.ts";
export { call1, call2, callMany, nowhere } from "./eval/call.ts";
export { describeType, typeOf } from "./eval/describe.ts";
export { NixError, type ErrorKind, type Trace } from "./eval/errors.ts";
export { forceDeep } from "./eval/force-deep.ts";
export { toJson } from "./eval/json.ts";
export { isDerivation, printPlain, printValue, type PrintOptions } from "./eval/print.ts";
export { renderError } from "./eval/render.ts";
export { Evaluation, type Options, type Result } from "./eval/session.ts";
export type { SearchPathEntry, Settings, State } from "./eval/state.ts";
export { coerceToString } from "./eval/strings.ts";
export { bestMatches } from "./eval/suggest.ts";
export { findFile } from "./builtins/search-path.ts";
export {
  force,
  Lambda,
  NixFloat,
  NixPath,
  NixString,
  PartialCall,
  PrimOp,
  Thunk,
  type Builtin,
  type Lazy,
  type Value,
} from "./eval/values.ts";
export { toXml, type XmlOptions } from "./eval/xml.ts";
export { parseInputPath } from "./flake/definition.ts";
export {
  findInput,
  formatTime,
  isLocked,
  isNode,
  isRelative,
  lockDifference,
  printAttributes,
  printLock,
  sortedInputs,
  type LockNode,
} from "./flake/lock-file.ts";
export type { Flake, LockedFlake } from "./flake/lock.ts";
export { flakeRefToString, parseFlakeReference, type FlakeReference } from "./flake/reference.ts";
export { flakesOf } from "./flake/session.ts";
export type { InputAttributes } from "./flake/schemes.ts";
export { derivationKind, hasContent, otherKind, outputRole } from "./flake/output-kinds.ts";
export { tokenize, type Tokens } from "./syntax/lexer.ts";
export type { Place } from "./syntax/source.ts";
export { T as tokenKinds } from "./syntax/tokens.ts";
export {
  hashOf,
  parseHash,
  parseHashAlgorithm,
  parseHashFormat,
  printHash,
  useDigest,
  type HashAlgorithm,
  type HashFormat,
} from "./store/hash.ts";
export { hashNar } from "./store/nar.ts";
export { decodeUtf8, encodeUtf8, fromBytes, toBytes } from "./text/bytes.ts";
export type { Features } from "./text/failure.ts";
export { parseDrvName } from "./text/versions.ts";
export { HostError, type FetchedTree, type GitTree, type Host, type PathType } from "./host.ts";

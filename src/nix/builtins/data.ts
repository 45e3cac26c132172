import { Attrs } from "../eval/attrs.ts";
import { NixError } from "../eval/errors.ts";
import { fromJson, toJson, valueBuilder } from "../eval/json.ts";
import { current } from "../eval/machine.ts";
import { withContext } from "../eval/strings.ts";
import { NixFloat, positiveNan, type Builtin, type Value } from "../eval/values.ts";
import { toXml } from "../eval/xml.ts";
import { hashOf, parseHash, parseHashAlgorithm, parseHashFormat, printHash } from "../store/hash.ts";
import { Failure } from "../text/failure.ts";
import { matchRegex, regexCache, splitRegex } from "../text/regex.ts";
import { parseToml } from "../text/toml.ts";
import { compareVersions, parseDrvName, splitVersion } from "../text/versions.ts";
import { readablePath } from "./paths.ts";
import { argument, forceAnyText, forceSet, forceText, requiredAttr } from "./support.ts";

const compiled = regexCache();

/** Texts with a structure: JSON, regular expressions, hashes. */
export const dataBuiltins: readonly Builtin[] = [
  {
    name: "convertHash",
    args: ["args"],
    run(_, args) {
      const set = forceSet(args, argument("first", "convertHash"));
      const locating = (name: string) => requiredAttr(set, name, `while locating the attribute '${name}'`);
      const text = (name: string) => forceText(locating(name), `while evaluating the attribute '${name}'`);
      const hash = text("hash");
      const { store } = current();
      const algorithm = set.has("hashAlgo") ? parseHashAlgorithm(text("hashAlgo"), store.features) : undefined;
      const format = parseHashFormat(text("toHashFormat"), store.warn);
      return printHash(parseHash(hash, algorithm, store.features), format);
    },
  },
  {
    name: "fromJSON",
    args: ["e"],
    run(_, e) {
      const text = forceText(e, argument("first", "fromJSON"));
      try {
        return fromJson(text);
      } catch (error) {
        if (!(error instanceof Failure)) throw error;
        const refusal = new NixError("eval", error.message);
        throw error.kind === "json" ? refusal.trace("while decoding a JSON string") : refusal;
      }
    },
  },
  {
    name: "hashFile",
    args: ["type", "p"],
    run(_, type, p) {
      const algorithm = parseHashAlgorithm(forceText(type, argument("first", "hashFile")), current().store.features);
      return printHash(hashOf(algorithm, current().files.readFile(readablePath(p))), "base16");
    },
  },
  {
    name: "hashString",
    args: ["type", "s"],
    run(_, type, s) {
      const algorithm = parseHashAlgorithm(forceText(type, argument("first", "hashString")), current().store.features);
      return printHash(hashOf(algorithm, forceAnyText(s, argument("second", "hashString"))), "base16");
    },
  },
  {
    name: "match",
    args: ["regex", "str"],
    run(_, regex, str) {
      const pattern = compiled(forceText(regex, argument("first", "match")));
      return matchRegex(pattern, forceAnyText(str, argument("second", "match")));
    },
  },
  {
    name: "split",
    args: ["regex", "str"],
    run(_, regex, str) {
      const pattern = compiled(forceText(regex, argument("first", "split")));
      const parts = splitRegex(pattern, forceAnyText(str, argument("second", "split")));
      return parts.length === 1 ? [str] : parts;
    },
  },
  {
    name: "compareVersions",
    args: ["s1", "s2"],
    run(_, s1, s2) {
      const first = forceText(s1, argument("first", "compareVersions"));
      return compareVersions(first, forceText(s2, argument("second", "compareVersions")));
    },
  },
  {
    name: "fromTOML",
    args: ["e"],
    run(_, e) {
      const text = forceText(e, "while evaluating the argument passed to builtins.fromTOML");
      const dates = current().settings.features.has("parse-toml-timestamps");
      try {
        return parseToml<Value>(text, {
          ...valueBuilder,
          nan: (negative) => (negative ? new NixFloat(NaN) : positiveNan),
          timestamp(value) {
            if (!dates) throw new Failure("while parsing TOML: Dates and times are not supported", "eval");
            return Attrs.from([
              ["_type", "timestamp"],
              ["value", value],
            ]);
          },
        });
      } catch (error) {
        if (!(error instanceof Failure) || error.message.startsWith("while parsing TOML: ")) throw error;
        throw new Failure(`while parsing TOML: error: ${error.message}`, "eval");
      }
    },
  },
  {
    name: "parseDrvName",
    args: ["s"],
    run: (_, s) => Attrs.from(Object.entries(parseDrvName(forceText(s, argument("first", "parseDrvName"))))),
  },
  {
    name: "splitVersion",
    args: ["s"],
    run: (_, s) => splitVersion(forceText(s, argument("first", "splitVersion"))),
  },
  {
    name: "toXML",
    args: ["e"],
    run(_, e) {
      const context = new Set<string>();
      return withContext(toXml(e, context, { strict: true, location: false }), context);
    },
  },
  {
    name: "toJSON",
    args: ["e"],
    run(_, e) {
      const context = new Set<string>();
      return withContext(toJson(e, context), context);
    },
  },
];

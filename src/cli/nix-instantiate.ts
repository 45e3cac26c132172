import {
  coerceToString,
  force,
  forceDeep,
  nixVersion,
  nowhere,
  printPlain,
  toJson,
  toXml,
  type Attrs,
  type Evaluation,
  type Result,
  type Value,
} from "#nix";
import { autoCall, selectAlong } from "./attr-path.ts";
import { autoArguments, evaluationFor, fileArgument, lookUp, valueOf } from "./evaluation.ts";
import { refusal } from "./failures.ts";
import { parseFlags, type Flag } from "./flags.ts";
import { drvPathOf, findDerivations, outputNameOf } from "./packages.ts";
import { evaluationFlags, initialSettings, settingFlags, type AutoArgument } from "./settings.ts";
import type { System } from "./system.ts";

type Output = "plain" | "raw" | "xml" | "json";

/** What a command line of `nix-instantiate` asks for. */
interface Request {
  readStdin: boolean;
  fromArgs: boolean;
  findFile: boolean;
  evaluate: boolean;
  parse: boolean;
  output: Output;
  location: boolean;
  strict: boolean;
  rooted: boolean;
  version: boolean;
  readonly attrPaths: string[];
}

function ownFlags(request: Request): Flag[] {
  const flag = (names: string[], run: Flag["run"]): Flag => ({ names, run });
  return [
    flag(["-"], () => (request.readStdin = true)),
    flag(["--expr", "-E"], () => (request.fromArgs = true)),
    flag(["--eval", "--eval-only"], () => (request.evaluate = true)),
    flag(["--parse", "--parse-only"], () => (request.parse = request.evaluate = true)),
    flag(["--find-file"], () => (request.findFile = true)),
    { names: ["--attr", "-A"], arity: 1, old: true, run: (path) => request.attrPaths.push(path!) },
    { names: ["--add-root"], arity: 1, old: true, run: () => (request.rooted = true) },
    flag(["--raw"], () => (request.output = "raw")),
    flag(["--xml"], () => (request.output = "xml")),
    flag(["--json"], () => (request.output = "json")),
    flag(["--no-location"], () => (request.location = false)),
    flag(["--strict"], () => (request.strict = true)),
    flag(["--version"], () => (request.version = true)),
    flag(["--indirect", "--dry-run", "--read-write-mode"], () => {}),
  ];
}

/** A value printed as the flags ask. */
function print(value: Value, { output, strict, location }: Request): string {
  const context = new Set<string>();
  switch (output) {
    case "raw":
      return coerceToString(
        value,
        context,
        "while generating the nix-instantiate output",
        { more: false, copyToStore: true },
        nowhere,
      );
    case "xml":
      return toXml(value, context, { strict, location });
    case "json":
      return `${toJson(value, context)}\n`;
    case "plain":
      if (strict) forceDeep(value);
      return `${printPlain(value, strict)}\n`;
  }
}

function instantiate(value: Value, path: string, args: Attrs, request: Request, system: System): void {
  for (const derivation of findDerivations(selectAlong(value, path, args), args)) {
    const drvPath = drvPathOf(derivation);
    const output = outputNameOf(derivation);
    if (output === "") throw refusal(`derivation '${drvPath}' lacks an 'outputName' attribute`);
    if (!request.rooted)
      system.stderr(
        "warning: you did not specify '--add-root'; the result might be removed by the garbage collector\n",
      );
    request.rooted = true;
    system.stdout(`${drvPath}${output === "out" ? "" : `!${output}`}\n`);
  }
}

/** `nix-instantiate`: evaluates, parses or instantiates. @throws NixError */
export function nixInstantiate(argv: readonly string[], system: System): void {
  const settings = initialSettings(system);
  const args: AutoArgument[] = [];
  const request: Request = {
    readStdin: false,
    fromArgs: false,
    findFile: false,
    evaluate: false,
    parse: false,
    output: "plain",
    location: true,
    strict: false,
    rooted: false,
    version: false,
    attrPaths: [],
  };
  const files = parseFlags(argv, [
    ...settingFlags(settings, system),
    ...evaluationFlags(settings, args, system),
    ...ownFlags(request),
  ]);
  if (request.version) {
    system.stdout(`nix-instantiate (Nix) ${nixVersion}\n`);
    return;
  }
  const evaluation = evaluationFor(settings, system, false);
  if (request.findFile) {
    for (const file of files) system.stdout(`${valueOf(evaluation.run(() => lookUp(file, evaluation)))}\n`);
    return;
  }
  if (request.attrPaths.length === 0) request.attrPaths.push("");
  const auto = autoArguments(args, evaluation, system);
  if (request.readStdin) process(evaluation, stdinProgram(evaluation, system), request, auto, system);
  else if (files.length === 0 && !request.fromArgs) files.push("./default.nix");
  for (const file of files)
    process(
      evaluation,
      request.fromArgs ? textProgram(evaluation, file, system) : fileProgram(evaluation, file, system),
      request,
      auto,
      system,
    );
}

/** A program that was named, in the two ways in which it can be used. */
interface Program {
  evaluate(): Result<Value>;
  parse(): Result<string>;
}

function stdinProgram(evaluation: Evaluation, system: System): Program {
  const text = system.readStdin();
  return {
    evaluate: () => evaluation.evaluate(text, system.cwd, { type: "stdin" }),
    parse: () => evaluation.parse(text, system.cwd, { type: "stdin" }),
  };
}

function textProgram(evaluation: Evaluation, text: string, system: System): Program {
  return {
    evaluate: () => evaluation.evaluate(text, system.cwd),
    parse: () => evaluation.parse(text, system.cwd),
  };
}

function fileProgram(evaluation: Evaluation, file: string, system: System): Program {
  const path = () => valueOf(evaluation.run(() => fileArgument(file, evaluation, system)));
  return { evaluate: () => evaluation.evaluateFile(path()), parse: () => evaluation.parseFile(path()) };
}

function process(evaluation: Evaluation, program: Program, request: Request, auto: Attrs, system: System): void {
  if (request.parse) {
    system.stdout(`${valueOf(program.parse())}\n`);
    return;
  }
  const value = valueOf(program.evaluate());
  for (const path of request.attrPaths) {
    if (request.evaluate) {
      const text = evaluation.run(() => {
        const selected = selectAlong(value, path, auto);
        return print(auto.size === 0 ? force(selected) : autoCall(selected, auto), request);
      });
      system.stdout(valueOf(text));
    } else valueOf(evaluation.run(() => instantiate(value, path, auto, request, system)));
  }
}

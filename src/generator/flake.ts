/** `flake.nix` as a whole, in either layout, around what an approach contributes. */
import { addressOf, type LockedInput, type RecordedName } from "./lock.ts";
import type { Plan } from "./plan.ts";
import { block, type Doc } from "./text/layout.ts";
import { bind, bindFunction, list, nixName, nixString, pattern, set } from "./text/nix.ts";

/** An input of the flake, as `flake.nix` declares it. */
export interface FlakeInput {
  readonly name: string;
  /** The recorded input, or the path of the input that it follows. */
  readonly from: LockedInput;
  /** Inputs of this input that follow one of the flake's own. */
  readonly follows?: readonly string[];
  readonly comment: string;
}

/** A binding that depends on the system. */
export interface Binding {
  readonly name: string;
  readonly comment: readonly Doc[];
  readonly value: Doc;
}

/** What an approach puts into the flake. */
export interface Contribution {
  /** Besides nixpkgs and flake-parts. */
  readonly inputs: readonly FlakeInput[];
  /** In place of a release of nixpkgs: the nixpkgs of another input. */
  readonly nixpkgs?: FlakeInput;
  /** Bindings that are the same for all systems. */
  readonly shared: readonly Binding[];
  readonly bindings: readonly Binding[];
  /** Outputs by their kind, then by their name. */
  readonly outputs: Readonly<Record<string, Readonly<Record<string, Doc>>>>;
  /** Whether the outputs use the set of all inputs. */
  readonly usesInputs?: boolean;
  readonly usesLib?: boolean;
  readonly nixConfig?: readonly Doc[];
}

/** The inputs of the flake, in the order in which it declares them. */
export function inputsOf(plan: Plan, contribution: Contribution): FlakeInput[] {
  const nixpkgs = contribution.nixpkgs ?? {
    name: "nixpkgs",
    from: `nixpkgs-${plan.choices.release}` as RecordedName,
    comment: "The packages. The branch decides their versions, and flake.lock the commit.",
  };
  const parts: FlakeInput = {
    name: "flake-parts",
    from: "flake-parts",
    follows: ["nixpkgs-lib"],
    comment: "Writes the outputs for each system, so that this flake does not have to.",
  };
  return [nixpkgs, ...(plan.isParts ? [parts] : []), ...contribution.inputs];
}

/** The inputs as `flake.lock` has to name them. */
export function lockedInputs(inputs: readonly FlakeInput[]): Record<string, LockedInput> {
  return Object.fromEntries(inputs.map(({ name, from }) => [name, from]));
}

function declaration(plan: Plan, { name, from, follows = [], comment }: FlakeInput): Doc[] {
  if (typeof from !== "string")
    return [...plan.say(comment), `${nixName(name)}.follows = ${nixString(from.join("/"))};`];
  const url = nixString(addressOf(from));
  if (follows.length === 0) return [...plan.say(comment), `${nixName(name)}.url = ${url};`];
  const followed = follows.map((each) => {
    const target = each === "nixpkgs-lib" ? "nixpkgs" : each;
    return `inputs.${each}.follows = ${nixString(target)};`;
  });
  return [...plan.say(comment), bind(nixName(name), set([`url = ${url};`, ...followed]))];
}

/** The text of `flake.nix`. */
export function flakeDoc(plan: Plan, given: Contribution): Doc {
  const formatter: Contribution["outputs"] = plan.choices.formatter ? { formatter: { "": "pkgs.nixfmt" } } : {};
  const contribution: Contribution = { ...given, outputs: { ...given.outputs, ...formatter } };
  const inputs = inputsOf(plan, contribution);
  const { nixConfig = [] } = contribution;
  return block`
    {
      description = ${nixString(plan.description)};

      inputs = {
        ${inputs.flatMap((input) => declaration(plan, input))}
      };

      ${nixConfig}

      ${plan.isParts ? partsOutputs(plan, contribution, inputs) : plainOutputs(plan, contribution, inputs)}
    }
  `;
}

const asBinding = ({ name, comment, value }: Binding): Doc[] => [...comment, bind(name, value)];

/** Pieces with an empty line between them. */
const apart = (docs: readonly (readonly Doc[])[]): Doc[] =>
  docs.flatMap((doc, index) => (index === 0 ? doc : ["", ...doc]));

function systemsBinding(plan: Plan): Doc[] {
  const names = plan.choices.systems.map((system) => nixString(system));
  return [...plan.say("The machines that the outputs are for."), bind("systems", list(names))];
}

/** What nixpkgs has to be told; undefined where it is used as it is. */
function configuration({ choices }: Plan): { comment: string; bindings: Doc[] } | undefined {
  if (choices.cuda)
    return {
      comment: "nixpkgs with CUDA. Such packages are in no public cache: your machine builds them.",
      bindings: [bind("config", set(["allowUnfree = true;", "cudaSupport = true;"]))],
    };
  if (!choices.unfree) return undefined;
  return { comment: "nixpkgs, with packages whose licence is not free.", bindings: ["config.allowUnfree = true;"] };
}

const imported = (bindings: readonly Doc[]): Doc => block`
  import nixpkgs ${set(["inherit system;", ...bindings])}
`;

function plainOutputs(plan: Plan, contribution: Contribution, inputs: readonly FlakeInput[]): Doc {
  const config = configuration(plan);
  const { shared, bindings, outputs, usesInputs } = contribution;
  const names = inputs.map(({ name }) => name);
  const pkgs = config === undefined ? "nixpkgs.legacyPackages.${system}" : "(pkgsFor system)";
  const before: Doc[][] = [
    ["inherit (nixpkgs) lib;"],
    systemsBinding(plan),
    ...(config === undefined
      ? []
      : [[...plan.say(config.comment), bindFunction("pkgsFor", "system", imported(config.bindings))]]),
    [
      ...plan.say("Calls a function with the packages of each system."),
      `eachSystem = f: lib.genAttrs systems (system: f ${pkgs});`,
    ],
    ...shared.map(asBinding),
    ...bindings.map(({ name, comment, value }) => [...comment, bindFunction(name, "pkgs", value)]),
  ];
  return block`
    outputs =
      ${pattern(names, usesInputs === true ? "@inputs" : "")}
      let
        ${apart(before)}
      in
      {
        ${apart(Object.entries(outputs).map(([kind, named]) => [eachSystem(kind, named)]))}
      };
  `;
}

function eachSystem(kind: string, named: Readonly<Record<string, Doc>>): Doc {
  const whole = named[""];
  if (whole !== undefined) return block`${kind} = eachSystem (pkgs: ${whole});`;
  return block`
    ${kind} = eachSystem (pkgs: {
      ${Object.entries(named).map(([name, value]) => bind(name, value))}
    });
  `;
}

function partsOutputs(plan: Plan, contribution: Contribution, inputs: readonly FlakeInput[]): Doc {
  const config = configuration(plan);
  const { shared, bindings, outputs, usesLib } = contribution;
  const names = inputs.map(({ name }) => name).filter((name) => name !== "nixpkgs" || config !== undefined);
  const args = [...(usesLib === true ? ["lib"] : []), "pkgs", ...(config !== undefined ? ["system"] : [])];
  const all = [...shared, ...bindings];
  const letIn = block`
    let
      ${apart(all.map(asBinding))}
    in
  `;
  const body = [
    ...(config === undefined
      ? []
      : [[...plan.say(config.comment), bind("_module.args.pkgs", imported(config.bindings))]]),
    ...Object.entries(outputs).map(([kind, named]) =>
      Object.entries(named).map(([name, value]) => bind(name === "" ? kind : `${kind}.${name}`, value)),
    ),
  ];
  return block`
    outputs =
      ${pattern(names, "@inputs")}
      flake-parts.lib.mkFlake { inherit inputs; } {
        ${systemsBinding(plan)}

        ${plan.say("The outputs of one system; flake-parts puts the system's name into each of them.")}
        perSystem =
          ${pattern(args)}
          ${all.length === 0 ? [] : [letIn]}
          {
            ${apart(body)}
          };
      };
  `;
}

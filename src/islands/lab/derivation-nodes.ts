/** Derivations from inside, as nodes of the outputs tree: a shell's packages, variables and hook. */
import type { DerivationFacts, FlakeHandle, Outcome, OutputNode } from "#runtime";

const derivations = new Set<OutputNode["kind"]>(["package", "development environment", "derivation"]);

/** Nodes of which each derivation can be opened. */
export function openable(nodes: readonly OutputNode[]): OutputNode[] {
  return nodes.map((node) => ({
    ...node,
    opens: node.opens || derivations.has(node.kind),
    ...(node.children === undefined ? {} : { children: openable(node.children) }),
  }));
}

/** Reads what is in an output, or what a derivation is made of. */
export async function readInside(flake: FlakeHandle, path: readonly string[]): Promise<Outcome<OutputNode>> {
  const isPart = path.at(-1)!.startsWith(":");
  const read = await flake.read(isPart ? path.slice(0, -1) : path);
  if (read.status !== "ok") return read;
  const node = openable([read.value])[0]!;
  if (!derivations.has(node.kind)) return { status: "ok", value: node };
  const facts = await flake.derivation(node.path);
  if (facts.status !== "ok") return facts;
  const parts = partsOf(node.path, facts.value);
  if (isPart) return { status: "ok", value: parts.find((part) => part.path.at(-1) === path.at(-1))! };
  // What is long is read again when it is opened.
  const children = parts.map(({ children, ...part }) =>
    part.path.at(-1) === ":packages" ? { ...part, children } : part,
  );
  return { status: "ok", value: { ...node, children } };
}

/** The parts of a derivation. No attribute begins with a colon, so that their paths meet no other. */
function partsOf(path: readonly string[], facts: DerivationFacts): OutputNode[] {
  const { packages, variables, shellHook, inputs, outPath, drvPath, system, builder } = facts;
  const leaf = (within: readonly string[], attribute: string, value: string): OutputNode => {
    return { attribute, path: [...within, `:${attribute}`], kind: "value", value, opens: false };
  };
  const group = (attribute: string, members: readonly (readonly [string, string])[]): OutputNode[] => {
    const own = [...path, `:${attribute}`];
    const children = members.map(([name, value]) => leaf(own, name, value));
    return children.length === 0 ? [] : [{ attribute, path: own, kind: "set", opens: true, children }];
  };
  return [
    ...group(
      "packages",
      packages.map(({ pname, version = "" }) => [pname, version]),
    ),
    ...(shellHook === undefined ? [] : [leaf(path, "shell hook", shellHook.trim())]),
    ...group("variables", Object.entries(variables)),
    ...group(
      "built with",
      inputs.map(({ name }) => [name, ""]),
    ),
    ...group("derivation", [
      ["system", system],
      ["builder", builder],
      ["output", outPath],
      ["derivation file", drvPath],
    ]),
  ];
}

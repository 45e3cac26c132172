/** What the worker loads when it is first asked for: few pages ask. */
export { runCommand } from "./commands.ts";
export { complete } from "./completion.ts";
export { derivationFacts } from "./derivation-facts.ts";
export { applyTo, parse } from "./expressions.ts";
export { inputGraph } from "./input-graph.ts";

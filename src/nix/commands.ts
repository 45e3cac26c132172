/** What only command line tools need: apart, so that a worker can do without it until it runs one. */
export { checkOutputs } from "./flake/check.ts";
export { showOutputs } from "./flake/show.ts";
export { derivationShowJson } from "./store/derivation-json.ts";

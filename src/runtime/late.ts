/** What the worker loads when it is first asked for: few pages ask. */
import { encodeUtf8 } from "#nix";
import { runCommand } from "./commands.ts";
import { complete } from "./completion.ts";
import { derivationFacts } from "./derivation-facts.ts";
import { applyTo, parse } from "./expressions.ts";
import { inside } from "./flake-outputs.ts";
import { inputGraph } from "./input-graph.ts";
import type { Answers, Early, Question } from "./messages.ts";
import type { Workspace } from "./workspace.ts";

export { lockState } from "./lock-state.ts";

export const lateAnswers = (workspace: Workspace): Answers<Exclude<Question, Early>> => ({
  derivation({ flake, path }) {
    const opened = workspace.get(flake);
    return inside(opened, () => derivationFacts(opened.outputs, path.map(encodeUtf8), opened.warm.evaluation));
  },
  apply: (ask) => applyTo(workspace.get(ask.flake), ask),
  inputs({ flake }) {
    const opened = workspace.get(flake);
    return inside(opened, () => inputGraph(opened));
  },
  complete: (ask) => complete(workspace, ask),
  parse,
  command: ({ source, line }) => runCommand(source, line, workspace.packs),
});

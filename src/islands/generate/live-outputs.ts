/** Keeps the outputs tree in step with the files: loads the evaluator when it is first asked, and drops stale answers. */
import type { Generated } from "#generator";
import { EvaluatorClient, type FlakeFiles } from "#runtime";
import type { OutputsTree } from "../outputs-tree.ts";

export class LiveOutputs {
  private readonly flake: ReturnType<EvaluatorClient["flake"]>;
  private readonly tree: OutputsTree;

  constructor(tree: OutputsTree, worker: string) {
    this.tree = tree;
    this.flake = new EvaluatorClient({ worker }).flake();
  }

  /** Evaluates the files and shows the outputs. Gives false where a newer edit came first. */
  async update(made: Generated): Promise<boolean> {
    this.tree.setAttribute("aria-busy", "true");
    const outcome = await this.flake.evaluate(sourceOf(made));
    if (outcome.status === "stale") return false;
    this.tree.removeAttribute("aria-busy");
    if (outcome.status === "ok") this.tree.show(outcome.value.outputs, (path) => this.flake.read(path));
    else if (outcome.status === "failed") this.tree.showFailure(outcome.failure);
    else this.tree.showMessage(outcome.message);
    return true;
  }
}

function sourceOf({ files, choices: { systems, approach } }: Generated): FlakeFiles {
  const root = "/home/you/project";
  const own = /Mac/.test(navigator.userAgent) ? "aarch64-darwin" : "x86_64-linux";
  return {
    files: Object.fromEntries(files.map(({ path, text }) => [path, text])),
    root,
    system: systems.find((each) => each === own) ?? systems[0]!,
    // A shell of devenv asks in which folder it is.
    ...(approach === "devenv" ? { impure: { PWD: root } } : {}),
  };
}

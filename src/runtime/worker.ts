/** The web worker: answers one request after another. */
import { encodeUtf8, NixError } from "#nix";
import { noTrees, Refusal, showError } from "./failures.ts";
import { flakeOutputs, inside, reading } from "./flake-outputs.ts";
import type { Failure, Question, Questions, Reply, Request } from "./messages.ts";
import { readOutput } from "./output-tree.ts";
import { Packs, unpack, type PackAddresses } from "./packs.ts";
import { Workspace } from "./workspace.ts";

/** Where the packs and the late script are, relative to this script: put in by the build. */
declare const packAddresses: PackAddresses;
declare const lateAddress: string;

type Awaitable<T> = T | Promise<T>;
type Answers = { [Name in Question]: (ask: Questions[Name]["ask"]) => Awaitable<Questions[Name]["give"]> };

const packs = new Packs(packAddresses, {
  async fetch(address) {
    const response = await fetch(new URL(address, import.meta.url));
    if (!response.ok) throw new Error(`'${response.url}' answered ${response.status}`);
    return unpack(await response.text());
  },
  fetchNow(address) {
    // Only a worker may wait so; the evaluation cannot go on without the file.
    const request = new XMLHttpRequest();
    request.open("GET", new URL(address, import.meta.url), false);
    request.send();
    if (request.status !== 200) throw new Error(`'${request.responseURL}' answered ${request.status}`);
    return unpack(request.responseText);
  },
});
const workspace = new Workspace(packs);

const bytes = (path: readonly string[]) => path.map(encodeUtf8);

const late = () => import(lateAddress) as Promise<typeof import("./late.ts")>;

const answers: Answers = {
  evaluate: ({ flake, allSystems }) => flakeOutputs(workspace.get(flake), allSystems),
  read({ flake, path }) {
    const opened = workspace.get(flake);
    return inside(opened, () => readOutput(opened.outputs, bytes(path), reading(opened, true)));
  },
  async derivation({ flake, path }) {
    const { derivationFacts } = await late();
    const opened = workspace.get(flake);
    return inside(opened, () => derivationFacts(opened.outputs, bytes(path), opened.warm.evaluation));
  },
  async apply(ask) {
    const { applyTo } = await late();
    return applyTo(workspace.get(ask.flake), ask);
  },
  async inputs({ flake }) {
    const { inputGraph } = await late();
    const opened = workspace.get(flake);
    return inside(opened, () => inputGraph(opened));
  },
  complete: async (ask) => (await late()).complete(workspace, ask),
  parse: async (ask) => (await late()).parse(ask),
  async command({ source, line }) {
    const { runCommand } = await late();
    return runCommand(line, workspace.hostFor(source, line.env));
  },
  forget({ flake }) {
    workspace.close(flake);
    return null;
  },
};

function failureOf(error: unknown): Failure {
  if (error instanceof Refusal) return error.failure;
  if (error instanceof NixError) return showError(error, noTrees);
  return showError(
    new NixError("bug", `internal error: ${error instanceof Error ? error.message : String(error)}`),
    noTrees,
  );
}

async function answer<Name extends Question>(request: Request & { name: Name }): Promise<Reply> {
  const { id, name } = request;
  try {
    if ("flake" in request && request.source !== undefined) {
      workspace.set(request.flake, request.source);
      await workspace.prefetch(request.flake);
    }
    return { id, ok: true, value: await answers[name](request as never) };
  } catch (error) {
    return { id, ok: false, failure: failureOf(error) };
  }
}

let last: Promise<void> = Promise.resolve();
addEventListener("message", ({ data }: MessageEvent<Request>) => {
  // One after another: while a pack is fetched, no other request may touch the flake that waits for it.
  last = last.then(async () => postMessage(await answer(data)));
});

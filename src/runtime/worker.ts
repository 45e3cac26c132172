/** The web worker: answers one request after another. */
import { encodeUtf8, NixError } from "#nix";
import { noTrees, Refusal, showError } from "./failures.ts";
import { flakeOutputs, inside, reading } from "./flake-outputs.ts";
import type { Answers, Early, Failure, Question, Reply, Request } from "./messages.ts";
import { readOutput } from "./output-tree.ts";
import { Packs, unpack, type PackAddresses } from "./packs.ts";
import { Workspace } from "./workspace.ts";

/** Where the packs and the late script are, relative to this script: put in by the build. */
declare const packAddresses: PackAddresses;
declare const lateAddress: string;

const urlOf = (address: string) => new URL(address, import.meta.url);

const packs = new Packs(packAddresses, {
  async fetch(address) {
    const response = await fetch(urlOf(address));
    // Nobody reads it: `fetchNow` asks again, and says why.
    if (!response.ok) throw new Error();
    return unpack(await response.text());
  },
  fetchNow(address) {
    // Only a worker may wait so; the evaluation cannot go on without the file.
    const request = new XMLHttpRequest();
    request.open("GET", urlOf(address), false);
    request.send();
    if (request.status !== 200) throw new Error(`'${request.responseURL}' answered ${request.status}`);
    return unpack(request.responseText);
  },
});
const workspace = new Workspace(packs);

const late = () => import(lateAddress) as Promise<typeof import("./late.ts")>;

const answers: Answers<Early> = {
  async evaluate({ flake, allSystems }) {
    const opened = workspace.get(flake);
    const outputs = flakeOutputs(opened, allSystems);
    return outputs.lock.inStep ? outputs : { ...outputs, lock: (await late()).lockState(opened) };
  },
  read({ flake, path }) {
    const opened = workspace.get(flake);
    return inside(opened, () => readOutput(opened.outputs, path.map(encodeUtf8), reading(opened, true)));
  },
  forget({ flake }) {
    workspace.close(flake);
    return null;
  },
};

async function answersTo(name: Question): Promise<Partial<Answers<Question>>> {
  if (name in answers) return answers;
  return (await late()).lateAnswers(workspace);
}

function failureOf(error: unknown): Failure {
  if (error instanceof Refusal) return error.failure;
  return showError(
    error instanceof NixError ? error : new NixError("bug", `internal error: ${String(error)}`),
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
    return { id, ok: true, value: await (await answersTo(name))[name]!(request as never) };
  } catch (error) {
    return { id, ok: false, failure: failureOf(error) };
  }
}

let last: Promise<void> = Promise.resolve();
/** Answers a message of the page. */
export function receive(request: Request): void {
  // One after another: while a pack is fetched, no other request may touch the flake that waits for it.
  last = last.then(async () => postMessage(await answer(request)));
}

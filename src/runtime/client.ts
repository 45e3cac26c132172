/** The page's side of the evaluator: starts the worker when it is first needed, and asks it. */
import type { FlakeFiles, Outcome, Question, Questions, Reply, Request } from "./messages.ts";

export type {
  DerivationFacts,
  Failure,
  FlakeFiles,
  FlakeOutputs,
  InputGraph,
  Outcome,
  OutputNode,
  Place,
} from "./messages.ts";

export interface ClientOptions {
  /** The address of the worker's script, from `addressOf` of the build; pages hand it on in their HTML. */
  readonly worker: string | URL;
  /** After so many milliseconds without an answer the worker is stopped; 10 seconds where it is left out. */
  readonly timeLimit?: number;
}

interface Waiting {
  /** Made when it is sent, because it depends on what the worker knows by then. */
  readonly make: () => Request;
  readonly done: (outcome: Outcome<never>) => void;
  readonly stale: () => boolean;
}

type Give<Name extends Question> = Questions[Name]["give"];

/**
 * A worker with an evaluator in it. Nothing is loaded before the first question. No method throws or rejects: see
 * `Outcome`. One question is with the worker at a time; the others wait here, where they can still become stale.
 */
export class EvaluatorClient {
  private readonly options: ClientOptions;
  private worker: Worker | undefined;
  private readonly queue: Waiting[] = [];
  private current: Waiting | undefined;
  private currentId = 0;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private hasAnswered = false;
  private lastId = 0;
  private lastFlake = 0;
  /** The flakes whose files the worker has; a new worker has none. */
  private readonly sent = new Set<number>();

  constructor(options: ClientOptions) {
    this.options = options;
  }

  /** A flake to be evaluated again and again, as its files change. */
  flake(): FlakeHandle {
    return new FlakeHandle(this, ++this.lastFlake);
  }

  /** Refuses text that is no Nix, with place; evaluates nothing. */
  parse(file: string, text: string): Promise<Outcome<null>> {
    return this.ask("parse", { file, text });
  }

  /** Runs a command line of `nix` or `nix-instantiate` on some files. */
  command(source: FlakeFiles, line: Questions["command"]["ask"]["line"]): Promise<Outcome<Give<"command">>> {
    return this.ask("command", { source, line });
  }

  /** Starts the worker without a question, so that the first one is answered sooner. */
  start(): void {
    if (this.worker !== undefined) return;
    try {
      this.worker = new Worker(this.options.worker, { type: "module", name: "flakes" });
    } catch (error) {
      this.fail(error instanceof Error ? error.message : String(error));
      return;
    }
    const { worker } = this;
    worker.onmessage = ({ data }: MessageEvent<Reply>) => this.receive(data);
    worker.onmessageerror = () => this.fail("its answer could not be read");
    worker.onerror = (event) => {
      event.preventDefault();
      this.fail(event.message || "its script could not be loaded");
    };
  }

  /** Ends the worker and what it is doing; the next question starts a new one. */
  stop(message = "the evaluation was stopped"): void {
    const waiting = this.end();
    for (const { done } of waiting) done({ status: "stopped", message });
  }

  /** Asks the worker. `about` is the flake that the question is about, `stale` whether it has newer files by now. */
  ask<Name extends Question>(
    name: Name,
    ask: Questions[Name]["ask"],
    about?: { readonly number: number; readonly source: FlakeFiles | undefined; readonly stale: () => boolean },
  ): Promise<Outcome<Give<Name>>> {
    return new Promise((done) => {
      const make = () => {
        const source = about === undefined || this.sent.has(about.number) ? {} : { source: about.source };
        if (about !== undefined) this.sent.add(about.number);
        return { ...source, ...ask, id: ++this.lastId, name } as unknown as Request;
      };
      this.queue.push({ make, done: done as Waiting["done"], stale: about?.stale ?? (() => false) });
      this.next();
    });
  }

  private next(): void {
    while (this.current === undefined) {
      const waiting = this.queue.shift();
      if (waiting === undefined) return;
      if (waiting.stale()) {
        waiting.done({ status: "stale" });
        continue;
      }
      this.current = waiting;
      this.start();
      // It is gone again where the worker cannot even be made.
      if (this.worker !== undefined) this.send(this.worker, waiting);
    }
  }

  private send(worker: Worker, { make }: Waiting): void {
    const limit = this.options.timeLimit ?? 10_000;
    this.timer = setTimeout(() => this.stop(`the evaluation was stopped after ${limit / 1000} s`), limit);
    const request = make();
    this.currentId = request.id;
    worker.postMessage(request);
  }

  private receive(reply: Reply): void {
    const waiting = this.current;
    if (waiting === undefined || this.currentId !== reply.id) return;
    clearTimeout(this.timer);
    this.hasAnswered = true;
    this.current = undefined;
    if (waiting.stale()) waiting.done({ status: "stale" });
    else if (reply.ok) waiting.done({ status: "ok", value: reply.value as never });
    else waiting.done({ status: "failed", failure: reply.failure });
    this.next();
  }

  private fail(reason: string): void {
    const what = this.hasAnswered ? "ended unexpectedly" : "could not be started in this browser";
    const message = `the evaluator ${what}: ${reason}`;
    for (const { done } of this.end()) done({ status: "unavailable", message });
  }

  /** Ends the worker; gives what still waited for it. */
  private end(): Waiting[] {
    clearTimeout(this.timer);
    this.worker?.terminate();
    this.worker = undefined;
    this.hasAnswered = false;
    this.sent.clear();
    const waiting = [...(this.current ? [this.current] : []), ...this.queue.splice(0)];
    this.current = undefined;
    return waiting;
  }
}

/** One flake of a page, such as that of an editor. Its questions are about the files that were evaluated last. */
export class FlakeHandle {
  private readonly client: EvaluatorClient;
  private readonly number: number;
  private edit = 0;
  private source: FlakeFiles | undefined;

  constructor(client: EvaluatorClient, number: number) {
    this.client = client;
    this.number = number;
  }

  /**
   * Evaluates the flake with these files and gives its outputs. What was asked about older files becomes stale.
   * `allSystems`: also the derivations of other systems than `source.system`, as `nix flake show --all-systems` lists them.
   */
  evaluate(source: FlakeFiles, { allSystems = false } = {}): Promise<Outcome<Give<"evaluate">>> {
    this.edit++;
    this.source = source;
    return this.client.ask("evaluate", { flake: this.number, source, allSystems }, this.about());
  }

  /** One output with what is in it. */
  read(path: readonly string[]): Promise<Outcome<Give<"read">>> {
    return this.client.ask("read", { flake: this.number, path }, this.about());
  }

  /** A shell or another derivation from inside. */
  derivation(path: readonly string[]): Promise<Outcome<Give<"derivation">>> {
    return this.client.ask("derivation", { flake: this.number, path }, this.about());
  }

  /** What a function, given as Nix text, makes of an output: JSON, or the value as `nix eval` prints it. */
  apply(expression: string, path: readonly string[] = [], as: "json" | "text" = "json"): Promise<Outcome<string>> {
    return this.client.ask("apply", { flake: this.number, path, expression, as }, this.about());
  }

  /** The inputs as a graph. */
  inputs(): Promise<Outcome<Give<"inputs">>> {
    return this.client.ask("inputs", { flake: this.number }, this.about());
  }

  /** The names that can stand at an offset of a file, whose text may be newer than what was evaluated. */
  complete(file: string, text: string, offset: number): Promise<Outcome<Give<"complete">>> {
    return this.client.ask("complete", { flake: this.number, file, text, offset }, this.about());
  }

  /** Forgets the flake; what was asked about it becomes stale. */
  close(): void {
    this.edit++;
    if (this.source !== undefined) void this.client.ask("forget", { flake: this.number });
    this.source = undefined;
  }

  private about() {
    const { edit, number, source } = this;
    return { number, source, stale: () => this.edit !== edit };
  }
}

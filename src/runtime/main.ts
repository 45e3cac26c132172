/** The executable: `node flakes.mjs nix eval --expr '1 + 1'`. */
import { run, type Command, type System } from "#cli";
import { fromNode, nodeSystem } from "./node.ts";

/** What the thread with the large stack is told: the command line, and how much of its output is already written. */
interface Task {
  readonly argv: readonly string[];
  readonly stdin: string | undefined;
  readonly written: Written;
}

interface Written {
  stdout: number;
  stderr: number;
}

/** Enough for 10,000 calls inside one another, each through several builtins. Only what is used counts as memory. */
const stackSizeMb = 240;

/** Leaves out the first `skip` characters of what is written. */
function skipping(skip: number, write: (text: string) => void): (text: string) => void {
  return (text) => {
    const rest = text.slice(skip);
    skip -= text.length - rest.length;
    if (rest !== "") write(rest);
  };
}

/** The command line of the thread with the large stack; no command has that name. */
const deepMark = "(large stack)";

/** With the stand-ins of the file that this variable names. */
async function openSystem(): Promise<System> {
  const system = nodeSystem();
  const file = process.env["FLAKES_STAND_INS"];
  if (file === undefined) return system;
  const { withStandIns } = await import("./node-stand-ins.ts");
  try {
    return withStandIns(system, file);
  } catch (error) {
    system.stderr(`error: ${(error as Error).message}\n`);
    process.exit(1);
  }
}

async function runOnMainThread(): Promise<void> {
  const argv = process.argv.slice(2).map(fromNode);
  const system = await openSystem();
  const written: Written = { stdout: 0, stderr: 0 };
  let stdin: string | undefined;
  let deeper = false;
  const observed: System = {
    ...system,
    stdout(text) {
      written.stdout += text.length;
      system.stdout(text);
    },
    stderr(text) {
      written.stderr += text.length;
      system.stderr(text);
    },
    readStdin: () => (stdin ??= system.readStdin()),
    runDeeper() {
      deeper = true;
      return 0;
    },
  };
  // The generator is large, and only its own command waits for it.
  const generate: Command = argv[0] === "generate" ? (await import("#cli/generate")).generateCommand : () => 0;
  const status = run(argv, observed, { generate });
  if (deeper) {
    // A new thread takes 0.1 s, so that only programs that need it pay for it. The main thread's stack cannot grow:
    // Node 24 reads `--stack-size` only when it starts.
    const task: Task = { argv, stdin, written };
    const { Worker } = await import("node:worker_threads");
    const thread = new Worker(new URL(import.meta.url), {
      argv: [deepMark],
      workerData: task,
      resourceLimits: { stackSizeMb },
    });
    thread.on("error", (error) => {
      throw error;
    });
    thread.on("exit", (code) => (process.exitCode = code));
  } else {
    // Everything is written. The end of a process that is not told to exit takes longer: Node waits for all optimising
    // compilers and frees each page of the heap.
    process.exit(status);
  }
}

async function runOnLargeStack(): Promise<void> {
  const { workerData } = await import("node:worker_threads");
  if (workerData === null) throw new Error(`'${deepMark}' is not a command`);
  const { argv, stdin, written } = workerData as Task;
  const system = await openSystem();
  const deep: System = {
    ...system,
    stdout: skipping(written.stdout, (text) => system.stdout(text)),
    stderr: skipping(written.stderr, (text) => system.stderr(text)),
    readStdin: () => stdin ?? system.readStdin(),
  };
  process.exitCode = run(argv, deep);
}

// The threads are asked for only where they are needed: loading them takes longer than a small evaluation.
void (process.argv[2] === deepMark ? runOnLargeStack() : runOnMainThread());

/**
 * What `new Worker` starts. It loads the worker's script by `import()`, because Chromium keeps what it has compiled of scripts
 * that are loaded so, and of no worker's first script.
 */

/** Where the worker's script is, relative to this one: put in by the build. */
declare const workerAddress: string;

const worker = import(workerAddress) as Promise<typeof import("./worker.ts")>;
// The page hears of it as of a script that is not there.
worker.catch(reportError);
addEventListener("message", async ({ data }: MessageEvent) => (await worker).receive(data));

/**
 * `npm start`, the last step: serves what was built (or the folder named) on http://localhost:4321, or on the next free
 * port. `BASE` and `OUT` are those of the build.
 */
import { resolve } from "node:path";
import { base, outDir } from "../publication.ts";
import { startServer, type RunningServer } from "./index.ts";

const root = resolve(process.argv[2] ?? outDir);
const firstPort = 4321;
const lastPort = firstPort + 100;

async function startOnFreePort(): Promise<RunningServer> {
  for (let port = firstPort; ; port++) {
    try {
      return await startServer({ root, base, port });
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== "EADDRINUSE" || port === lastPort) throw error;
      console.log(`port ${port} is taken, trying ${port + 1}`);
    }
  }
}

try {
  const server = await startOnFreePort();
  console.log(`\nFlakes for Snakes is at ${server.url}${base === "/" ? "" : base}\nPress Ctrl+C to stop.`);
  for (const signal of ["SIGINT", "SIGTERM"]) process.once(signal, () => void server.close());
} catch (error) {
  console.error(`error: ${(error as Error).message}`);
  process.exitCode = 1;
}

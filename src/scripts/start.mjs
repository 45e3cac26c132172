// `npm start`: installs what is missing, builds the site, serves it.
import { spawn } from "node:child_process";
import { ensureInstalled, projectEnvironment, projectNode, root, runOrExit } from "./setup.mjs";

ensureInstalled();
runOrExit("--run", "build");
const server = spawn(projectNode, ["src/server/main.ts"], { cwd: root, stdio: "inherit", env: projectEnvironment() });
for (const signal of /** @type {const} */ (["SIGINT", "SIGTERM"])) process.on(signal, () => server.kill(signal));
server.on("exit", (code) => process.exit(code ?? 0));

// `npm test`: installs what is missing, then hands over to the project's own Node.
import { ensureInstalled, runOrExit } from "./setup.mjs";

ensureInstalled();
runOrExit("tests/run-all.ts");

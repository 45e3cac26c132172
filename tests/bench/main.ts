/** `npm run bench`: the only place that measures time. `npm run bench -- site` runs one part. */
import { availableParallelism, cpus } from "node:os";
import { benchGenerator } from "./generator.ts";
import { benchLab } from "./lab.ts";
import { keepsLimits, printTable, type Part } from "./measures.ts";
import { benchNix } from "./nix.ts";
import { benchSite } from "./site.ts";
import { benchWorker } from "./worker.ts";

const parts: Record<string, Part> = {
  site: benchSite,
  nix: benchNix,
  worker: benchWorker,
  generator: benchGenerator,
  lab: benchLab,
};

const named = process.argv.slice(2);
const unknown = named.filter((name) => !(name in parts));
if (unknown.length > 0) {
  console.error(`error: there is no part '${unknown.join("', '")}'; parts: ${Object.keys(parts).join(", ")}`);
  process.exit(1);
}
console.log(
  `${availableParallelism()} x ${cpus()[0]?.model.trim() ?? "unknown processor"}, Node ${process.versions.node}`,
);
for (const [name, part] of Object.entries(parts)) {
  if (named.length > 0 && !named.includes(name)) continue;
  const measures = await part(console.log);
  console.log(`\n${name}\n${printTable(measures)}`);
  if (!measures.every(keepsLimits)) process.exitCode = 1;
}

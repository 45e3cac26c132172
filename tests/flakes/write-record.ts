/** `npm run record`: keeps what the flakes suite and `npm run test:inputs` found as `examples/checked.json`. */
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { examplesFolder } from "./examples.ts";
import { words, writeRecord } from "./record.ts";

const record = writeRecord();
const entries = Object.values(record)
  .flatMap((flakes) => Object.values(flakes))
  .flatMap(({ lock, evaluates, promises }) => [lock, evaluates, promises]);
writeFileSync(join(examplesFolder, "checked.json"), `${JSON.stringify(record, undefined, 2)}\n`);
for (const word of Object.values(words)) console.log(`${entries.filter(({ how }) => how === word).length} ${word}`);

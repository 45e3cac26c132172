/** Writes the site's headers for the hosts that are in use, out of `public/_headers`. */
import { readFileSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { base, outDir } from "../publication.ts";
import { parseHeaders } from "../server/headers.ts";
import { apacheFile, headersFile, nginxFile, vercelFile } from "../server/hosts.ts";

const rules = parseHeaders(readFileSync(join(resolve(import.meta.dirname, "../.."), "public/_headers"), "utf8"));

if (base !== "/") writeFileSync(join(outDir, "_headers"), headersFile(rules, base));
writeFileSync(join(outDir, "vercel.json"), vercelFile(rules));
writeFileSync(join(outDir, ".htaccess"), apacheFile(rules, base));
writeFileSync(join(outDir, "nginx-headers.conf"), nginxFile(rules, base));

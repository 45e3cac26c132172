/** just-bash imports Node's compression, which no browser has. Only there: pages that are built may need the real one. */
import type { ViteUserConfig } from "astro";

type Plugin = NonNullable<ViteUserConfig["plugins"]>[number];

const standIn = "\0just-bash-without-zlib";

/** `gzip`, `gunzip` and `zcat` of the shell then fail with words. */
const code = `
const refuse = () => { throw new Error("compressing needs Node, and this shell runs in a browser"); };
export const constants = {};
export { refuse as gunzipSync, refuse as gzipSync };
`;

export const zlibPlugin: Plugin = {
  name: "just-bash-without-zlib",
  enforce: "pre",
  resolveId: (source, importer) =>
    source === "node:zlib" && importer?.includes("/just-bash/") === true ? standIn : undefined,
  load: (id) => (id === standIn ? code : undefined),
};

import { join, relative } from "node:path";
import { build, type Metafile, type Plugin } from "esbuild";
import { minify } from "rolldown/utils";

/**
 * Leaves out BLAKE3, which Nix offers behind a feature that is off in a page, and what only the generator reads of the
 * stand-ins.
 */
const lean: Plugin = {
  name: "lean",
  setup(build) {
    build.onResolve({ filter: /^\.\/packages\.ts$/ }, ({ resolveDir }) => {
      return { path: join(resolveDir, "packages.ts"), sideEffects: false };
    });
    build.onResolve({ filter: /^@noble\/hashes\/blake3\.js$/ }, () => ({ path: "blake3", namespace: "none" }));
    build.onLoad({ filter: /^/, namespace: "none" }, () => ({ contents: "export const blake3 = undefined;" }));
  },
};

/** Leaves the modules in `files` to another script. */
function leaving(files: ReadonlySet<string>): Plugin {
  return {
    name: "leaving",
    setup(build) {
      build.onResolve({ filter: /^[.#]/ }, async ({ path, pluginData, ...rest }) => {
        if (pluginData === leaving) return undefined;
        const found = await build.resolve(path, { ...rest, pluginData: leaving });
        const file = relative(process.cwd(), found.path);
        return files.has(file) ? { path: file, external: true } : found;
      });
    },
  };
}

interface Script {
  readonly text: string;
  readonly metafile: Metafile;
}

async function bundle(contents: string, plugins: Plugin[], define: Record<string, string> = {}): Promise<Script> {
  const { outputFiles, metafile } = await build({
    stdin: { contents, resolveDir: ".", loader: "ts" },
    write: false,
    bundle: true,
    format: "esm",
    target: "es2023",
    legalComments: "none",
    external: ["./late-*.js"],
    metafile: true,
    define,
    plugins,
    logLevel: "warning",
  });
  return { text: outputFiles[0]!.text, metafile };
}

/** Three per cent smaller than what esbuild's own minifier makes. */
async function minified(text: string): Promise<string> {
  const { code, errors } = await minify("worker.js", text, {
    module: true,
    compress: { target: "es2023" },
    mangle: { toplevel: true },
  });
  if (errors.length > 0) throw new Error(`a script of the worker cannot be minified: ${errors[0]!.message}`);
  return code;
}

/**
 * The worker's script, and the late one, which uses the modules of the worker: what it needs of them stands in
 * `globalThis.parts`. With esbuild's own splitting, both would share a third file that the worker had to wait for.
 * `addLate` publishes the late script and gives its address.
 */
export async function bundleWorker(
  packAddresses: Readonly<Record<string, string>>,
  addLate: (text: string) => string,
): Promise<Script> {
  const worker = 'import "./src/runtime/worker.ts";';
  const { metafile } = await bundle(worker, [lean]);
  const files = new Set(Object.keys(metafile.inputs).filter((file) => file.startsWith("src/")));
  const late = await bundle('export * from "./src/runtime/late.ts";', [leaving(files)]);
  const imports: string[] = [];
  const parts: string[] = [];
  const text = late.text.replace(/^import \{([^}]*)\} from "(src\/[^"]*)";$/gm, (_, list: string, file: string) => {
    const names = list.split(",").map((name) => name.trim().split(" as "));
    const part = parts.length;
    imports.push(`import { ${names.map(([name]) => `${name} as ${name}_${part}`).join(", ")} } from "./${file}";`);
    // In a row: names of properties would stay long in both scripts.
    parts.push(`[${names.map(([name]) => `${name}_${part}`).join(", ")}]`);
    return `const [${names.map((name) => name.at(-1)).join(", ")}] = globalThis.parts[${part}];`;
  });
  const entry = [...imports, worker, `globalThis.parts = [${parts.join(", ")}];`].join("\n");
  const script = await bundle(entry, [lean], {
    packAddresses: JSON.stringify(packAddresses),
    lateAddress: JSON.stringify(`./${addLate(await minified(text))}`),
  });
  return { text: await minified(script.text), metafile: script.metafile };
}

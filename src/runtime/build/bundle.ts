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

/** The scripts by what they are published as, each with a hash in its name. */
type Add = (name: string, text: string) => string;

async function bundle(contents: string, plugins: Plugin[], define: Record<string, string> = {}): Promise<Script> {
  const { outputFiles, metafile } = await build({
    stdin: { contents, resolveDir: ".", loader: "ts" },
    write: false,
    bundle: true,
    format: "esm",
    target: "es2023",
    legalComments: "none",
    external: ["./evaluator-*.js", "./late-*.js"],
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
 * The script that `new Worker` takes, that with the evaluator, and the late one, which uses the modules of the evaluator: what
 * it needs of them stands in `globalThis.parts`. With esbuild's own splitting, both would share one more file that the worker
 * had to wait for. `add` publishes a script and gives its file name.
 */
export async function bundleWorker(packAddresses: Readonly<Record<string, string>>, add: Add): Promise<string> {
  const worker = 'export * from "./src/runtime/worker.ts";';
  const { metafile } = await bundle(worker, [lean]);
  const files = new Set(Object.keys(metafile.inputs).filter((file) => file.startsWith("src/")));
  const late = await bundle('export * from "./src/runtime/late.ts";', [leaving(files)]);
  const parts = new Map<string, string>();
  const text = late.text.replace(/^import \{([^}]*)\} from "(src\/[^"]*)";$/gm, (_, list: string, file: string) => {
    const constants = list.split(",").map((each) => {
      const [name = "", local = name] = each.trim().split(" as ");
      const key = `${name} ${file}`;
      // A number, because names of properties would stay long in both scripts.
      const at = parts.has(key) ? [...parts.keys()].indexOf(key) : parts.size;
      parts.set(key, `import { ${name} as part_${at} } from "./${file}";`);
      return `${local} = globalThis.parts[${at}]`;
    });
    return `const ${constants.join(", ")};`;
  });
  const all = Array.from(parts, (_, at) => `part_${at}`);
  const entry = [...parts.values(), worker, `globalThis.parts = [${all.join(", ")}];`].join("\n");
  const addressOf = async (name: string, text: string, above = "") =>
    JSON.stringify(`./${add(name, above + (await minified(text)))}`);
  const script = await bundle(entry, [lean], {
    packAddresses: JSON.stringify(packAddresses),
    lateAddress: await addressOf("late", text),
  });
  const boot = await bundle('import "./src/runtime/boot.ts";', [], {
    // Chromium keeps only those functions that were compiled when the script was loaded: all of them, with this line.
    workerAddress: await addressOf("evaluator", script.text, "//# allFunctionsCalledOnLoad\n"),
  });
  return add("worker", await minified(boot.text));
}

import { createEvaluation, forceDeep, HostError, printPlain, renderError, type Host, type Options } from "./index.ts";

/** A host of a few files, for tests: paths to contents, or to `null` for an empty folder. */
export function hostOf(files: Readonly<Record<string, string | null>> = {}): Host {
  const paths = Object.keys(files);
  const isFolder = (path: string) =>
    files[path] === null || paths.some((one) => one.startsWith(`${path === "/" ? "" : path}/`));
  return {
    readFile(path) {
      const text = files[path];
      if (typeof text !== "string") throw new HostError(`path '${path}' does not exist`);
      return text;
    },
    readDir(path) {
      const names = paths.filter((one) => one.startsWith(`${path}/`)).map((one) => one.slice(path.length + 1));
      return new Map(
        names.map((name) => {
          const [first = ""] = name.split("/");
          return [first, isFolder(`${path}/${first}`) ? "directory" : "regular"] as const;
        }),
      );
    },
    pathType: (path) => (typeof files[path] === "string" ? "regular" : isFolder(path) ? "directory" : undefined),
    isExecutable: () => false,
    readLink: (path) => path,
    env: (name) => (name === "HOME" ? "/home/me" : undefined),
    currentTime: () => 1700000000,
    home: () => "/home/me",
  };
}

/** What `nix-instantiate --eval --strict` prints for a program: its value, or its error. */
export function show(text: string, options: Partial<Options> = {}): string {
  const evaluation = createEvaluation({ host: hostOf(), ...options });
  const result = evaluation.evaluate(text, "/work");
  if (!result.ok) return renderError(result.error);
  const printed = evaluation.run(() => {
    forceDeep(result.value);
    return printPlain(result.value, true);
  });
  return printed.ok ? printed.value : renderError(printed.error);
}

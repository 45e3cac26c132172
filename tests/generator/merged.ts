/**
 * Many generated flakes in one: real Nix starts once for all of them. Each keeps its folder and its `flake.nix`; the flake
 * around them calls their outputs with the same inputs, and gives them further under the names of their folders.
 */
import { mkdirSync, mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import type { GeneratedFile } from "#generator";
import { overrideArguments, replacedInputs, type ReplacedInput } from "../support/override-inputs.ts";

/** A generated flake with its files; `lock` is its `flake.lock`, also where it is not among the files. */
export interface FlakeFolder {
  readonly name: string;
  readonly files: readonly GeneratedFile[];
  readonly lock: string;
  /** Names of variables of its shell that `facts` is to give. */
  readonly variables: readonly string[];
}

interface Lock {
  nodes: Record<string, LockNode>;
}
interface LockNode {
  inputs?: Record<string, string | string[]>;
  original?: { owner: string; repo: string; ref?: string };
}

/** Writes the files of a flake into a folder. */
export function writeFiles(folder: string, files: readonly Pick<GeneratedFile, "path" | "text">[]): void {
  for (const { path, text } of files) {
    const file = join(folder, path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text);
  }
}

/** What stands in for the inputs of a lock. */
function standInsFor(lock: string): ReplacedInput[] {
  const folder = mkdtempSync(join(tmpdir(), "lock-"));
  writeFileSync(join(folder, "flake.lock"), lock);
  return replacedInputs(folder);
}

/** Writes the merged flake into `folder`; gives the arguments that replace its inputs. */
export function writeMerged(folder: string, flakes: readonly FlakeFolder[]): string[] {
  for (const { name, files } of flakes) writeFiles(join(folder, name), files);
  const locks = [...new Set(flakes.map(({ lock }) => lock))];
  const inputs = new Set(locks.flatMap((lock) => declarations(JSON.parse(lock) as Lock)));
  const replaced = new Map(locks.flatMap((lock) => standInsFor(lock).map((each) => [each.path, each] as const)));
  const variables = flakes.map(
    (each) => [each.name, Object.fromEntries(each.variables.map((name) => [name, null]))] as const,
  );
  writeFileSync(join(folder, "variables.json"), JSON.stringify(Object.fromEntries(variables)));
  const names = flakes.map(({ name }) => `"${name}"`).join(" ");
  writeFileSync(
    join(folder, "flake.nix"),
    `{
      inputs = { ${[...inputs].join(" ")} };
      outputs = inputs:
        let
          call = name:
            let
              folder = ./. + "/\${name}";
              outputs = (import (folder + "/flake.nix")).outputs (inputs // { inherit self; });
              self = outputs // { inherit inputs outputs; outPath = folder; _type = "flake"; };
            in outputs;
          flakes = builtins.listToAttrs (map (name: { inherit name; value = call name; }) [ ${names} ]);
          merge = kind: builtins.zipAttrsWith (system: all: builtins.foldl' (a: b: a // b) { } all) (map (name:
            builtins.mapAttrs (system: each: builtins.listToAttrs (map (output: {
              name = "\${name}-\${output}"; value = each.\${output};
            }) (builtins.attrNames each))) (flakes.\${name}.\${kind} or { })
          ) (builtins.attrNames flakes));
          formatters = builtins.zipAttrsWith (system: all: builtins.foldl' (a: b: a // b) { } all) (map (name:
            builtins.mapAttrs (system: value: { "\${name}-formatter" = value; }) (flakes.\${name}.formatter or { })
          ) (builtins.attrNames flakes));
          variables = builtins.fromJSON (builtins.readFile ./variables.json);
          shellOf = flake: let shells = builtins.attrValues flake.devShells; in (builtins.head shells).default;
        in
        {
          packages = builtins.mapAttrs (system: each: each // (formatters.\${system} or { })) (formatters // merge "packages");
          devShells = merge "devShells";
          checks = merge "checks";
          apps = merge "apps";
          facts = builtins.mapAttrs (name: flake: {
            outputs = builtins.mapAttrs (kind: each:
              if kind == "formatter" then builtins.attrNames each else builtins.mapAttrs (system: builtins.attrNames) each
            ) (builtins.removeAttrs flake [ "nixosConfigurations" "nixosModules" "overlays" "legacyPackages" ]);
            description = (import (./. + "/\${name}/flake.nix")).description;
            variables = builtins.mapAttrs (variable: _: (shellOf flake).\${variable}) variables.\${name};
            shellHook = (shellOf flake).shellHook or "";
            shell = (shellOf flake).drvPath;
          }) flakes;
        };
    }`,
  );
  return overrideArguments([...replaced.values()]);
}

/** The inputs that a flake with this lock declares. */
function declarations({ nodes }: Lock): string[] {
  return Object.entries(nodes["root"]?.inputs ?? {}).flatMap(([name, target]) => {
    if (Array.isArray(target)) return [`${name}.follows = "${target.join("/")}";`];
    const { original, inputs = {} } = nodes[target]!;
    const { owner, repo, ref } = original!;
    const follows = Object.entries(inputs).filter((each): each is [string, string[]] => Array.isArray(each[1]));
    return [
      `${name}.url = "github:${owner}/${repo}${ref === undefined ? "" : `/${ref}`}";`,
      ...follows.map(([input, path]) => `${name}.inputs.${input}.follows = "${path.join("/")}";`),
    ];
  });
}

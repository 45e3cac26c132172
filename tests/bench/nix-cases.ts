/**
 * What the bench gives to both evaluators. Programs are made anew by rule, so that none is tuned to one file; the flake is
 * the largest of the examples.
 */
import { join } from "node:path";
import { overrideInputs } from "../support/override-inputs.ts";
import { examples, largestExample } from "./largest-example.ts";

/** One command. `files` gives the texts of its program for a size: 1, or 2 for twice the work. */
export interface NixCase {
  readonly name: string;
  readonly program: "nix" | "nix-instantiate";
  readonly args: readonly string[];
  /** By file name; `main.nix` is what is evaluated. `undefined` where there is nothing that could be twice as much. */
  readonly files?: (size: number) => Readonly<Record<string, string>>;
}

/** A row of numbers that looks random and is always the same (Lehmer's generator). */
function* numbers(): Generator<number> {
  for (let seed = 42; ;) {
    seed = (seed * 48271) % 2147483647;
    yield seed;
  }
}

const evaluate = ["--eval", "--strict", "main.nix"];

const fib = (size: number) => `
let fib = n: if n < 2 then n else fib (n - 1) + fib (n - 2);
in ${Array.from({ length: size }, () => "fib 27").join(" + ")}
`;

const lists = (size: number) => `
let
  n = ${200_000 * size};
  mod = a: b: a - b * (a / b);
  items = builtins.genList (i: mod (i * 7919 + 104729) 1000003) n;
  sorted = builtins.sort (a: b: a < b) items;
  set = builtins.listToAttrs (map (i: { name = "n" + toString i; value = i; }) sorted);
  total = builtins.foldl' (sum: i: sum + i) 0 (builtins.attrValues set);
  text = builtins.concatStringsSep "," (map toString sorted);
in [ total (builtins.length (builtins.attrNames set)) (builtins.hashString "sha256" text) ]
`;

const overlays = (size: number) => `
let
  fix = f: let x = f x; in x;
  extend = f: overlay: self: let before = f self; in before // overlay self before;
  perLayer = ${500 * size};
  name = layer: i: "package-\${toString layer}-\${toString i}";
  package = { name, version, inputs ? [ ], meta ? { } }: {
    inherit name version inputs;
    fullName = "\${name}-\${version}";
    closure = builtins.foldl' (sum: input: sum + input.closure) 1 inputs;
    meta = { license = "mit"; broken = false; } // meta;
  };
  overlay = layer: final: prev: builtins.listToAttrs (builtins.genList (i: {
    name = name layer i;
    value = package {
      name = name layer i;
      version = "1.\${toString layer}.\${toString i}";
      inputs = if layer == 0 then [ ] else [ final.\${name (layer - 1) i} prev.\${name (layer - 1) 0} ];
      meta = { inherit layer; };
    };
  }) perLayer) // { version = (prev.version or 0) + 1; };
  packages = fix (builtins.foldl' extend (self: { }) (builtins.genList overlay 10));
  all = builtins.attrValues (removeAttrs packages [ "version" ]);
in {
  inherit (packages) version;
  count = builtins.length all;
  names = builtins.stringLength (builtins.concatStringsSep " " (map (p: p.fullName) all));
  closure = builtins.foldl' (sum: p: sum + p.closure) 0 all;
  layers = builtins.foldl' (sum: p: sum + p.meta.layer) 0 all;
}
`;

/** Definitions as people write them, ten lines each; nothing of them is evaluated but that they are a function. */
function definitions(size: number): string {
  const random = numbers();
  const next = () => random.next().value as number;
  const parts: string[] = [];
  for (let i = 0; i < 1000 * size; i++) {
    const version = `${next() % 10}.${next() % 30}.${next() % 100}`;
    parts.push(`  package-${i} = callPackage ({ stdenv, fetchurl, python3 ? null, ... }@args: stdenv.mkDerivation rec {
    pname = "package-${i}"; version = "${version}";
    src = fetchurl { url = "https://example.org/\${pname}-\${version}.tar.gz"; sha256 = "${String(next()).padStart(52, "0")}"; };
    buildInputs = [ python3 ] ++ lib.optionals (args ? extra && version != "1.${i}") [ args.extra self.package-${next() % 1000} ];
    installPhase = ''
      mkdir -p $out/bin
      install -m755 \${pname} "$out/bin/\${pname}" && echo ''\${HOME} ${next()}
    '';
    meta = with lib; { license = licenses.mit; priority = ${i % 10} * 2 + 1; broken = !(versionOlder version "2"); };
  }) { inherit (self) stdenv; };
`);
  }
  return `{ self, lib, callPackage }: {\n${parts.join("")}}\n`;
}

const derivations = (size: number) => `
let
  make = i: derivation {
    name = "package-\${toString i}";
    system = "x86_64-linux";
    builder = "/bin/sh";
    args = [ "-c" "echo $text > $out" ];
    text = "package number \${toString i}";
    version = "1.\${toString i}";
    outputs = [ "out" "dev" ];
    inputs = if i == 0 then [ ] else [ (builtins.elemAt all (i / 2)) (builtins.elemAt all (i - 1)).dev ];
  };
  all = builtins.genList make ${2000 * size};
in builtins.hashString "sha256" (builtins.concatStringsSep "\\n" (map (d: d.drvPath + d.outPath) all))
`;

const program = (name: string, text: (size: number) => string): NixCase => ({
  name,
  program: "nix-instantiate",
  args: evaluate,
  files: (size) => ({ "main.nix": text(size) }),
});

/** `flake show` of the example with the longest `flake.nix`, with stand-ins for its inputs. */
export function flakeCase(): NixCase {
  const largest = largestExample();
  const folder = join(examples, largest);
  // Without its cache Nix evaluates at each run, as ours does.
  const flags = ["--quiet", "--impure", "--no-write-lock-file", "--no-eval-cache"];
  return {
    name: `flake show of ${largest}`,
    program: "nix",
    args: ["flake", "show", "--json", "--all-systems", `path:${folder}`, ...flags, ...overrideInputs(folder)],
  };
}

/** The programs. */
export const nixCases: readonly NixCase[] = [
  { name: "start-up", program: "nix-instantiate", args: ["--eval", "--expr", "1 + 1"] },
  program("fib 27", fib),
  program("200,000 integers", lists),
  program("5,000 packages, 10 overlays", overlays),
  {
    name: "parsing 10,000 lines",
    program: "nix-instantiate",
    args: evaluate,
    files: (size) => ({
      "main.nix": "builtins.isFunction (import ./definitions.nix)\n",
      "definitions.nix": definitions(size),
    }),
  },
  program("2,000 derivations", derivations),
];

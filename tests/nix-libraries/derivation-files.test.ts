/** `.drv` files that a real Nix wrote: read, printed again, shown as JSON. */
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import type { Feature } from "../../src/nix/text/failure.ts";
import { fromBytes } from "../../src/nix/text/bytes.ts";
import { derivationShowJson } from "../../src/nix/store/derivation-json.ts";
import { parseDerivation } from "../../src/nix/store/derivation-parse.ts";
import { printDerivation, type Derivation } from "../../src/nix/store/derivation.ts";
import { inFolder, nix, nixEnvironment, onRecordedNix } from "./real-nix.ts";

const expression = `
let
  make = args: derivation ({ system = "x86_64-linux"; builder = "/bin/sh"; } // args);
  a = make { name = "a"; outputs = [ "out" "dev" ]; text = "\\"\\\\\\n\\r\\t é $"; };
  b = make { name = "b"; args = [ a.dev (builtins.toFile "f" "x") ]; __structuredAttrs = true; n = 1.0; l = [ 1 null ]; };
  c = make { name = "c"; outputHash = "sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU="; };
  d = make { name = "d"; __contentAddressed = true; inherit b c; };
  e = make { name = "e"; __impure = true; inherit d; };
  f = make { name = "f"; inherit d; };
  g = make { name = "g.drv"; __contentAddressed = true; outputHashMode = "text"; outputHashAlgo = "sha256"; };
  h = make { name = "h"; __contentAddressed = true; x = builtins.outputOf g.outPath "out"; };
  i = make { name = "i"; all = a.drvPath; };
in
[ a b c d e f g h i ]
`;

test("a derivation that real Nix wrote is read, printed and shown as Nix does it", onRecordedNix, () => {
  inFolder((state) => {
    const env = nixEnvironment(state);
    const run = (program: string, ...args: string[]) => {
      const { status, stdout, stderr } = spawnSync(join(nix.bin, program), args, { env, encoding: "utf8" });
      assert.equal(status, 0, stderr);
      return stdout;
    };
    writeFileSync(join(state, "all.nix"), expression);
    run("nix-instantiate", join(state, "all.nix"));
    const folder = join(state, "store/nix/store");
    const names = readdirSync(folder).filter((name) => name.endsWith(".drv"));
    assert.equal(names.length, 9);
    const derivations = new Map<string, Derivation>();
    const features = new Set<Feature>(["ca-derivations", "impure-derivations", "dynamic-derivations"]);
    for (const name of names) {
      const written = fromBytes(readFileSync(join(folder, name)));
      const parsed = parseDerivation(written, name.slice(33, -4), "/nix/store", features);
      assert.equal(printDerivation(parsed, { storeDir: "/nix/store" }), written);
      derivations.set(`/nix/store/${name}`, parsed);
    }
    const shown = run("nix", "derivation", "show", ...derivations.keys());
    const ours = Buffer.from(derivationShowJson(derivations), "latin1").toString();
    assert.deepEqual(JSON.parse(ours), JSON.parse(shown));
  });
});

test("broken text of a derivation is refused in Nix's words", () => {
  const refused = (text: string) => {
    try {
      parseDerivation(text, "x", "/nix/store", new Set());
    } catch (error) {
      return (error as Error).message;
    }
    return undefined;
  };
  assert.equal(refused(""), "expected string 'D'");
  assert.equal(refused("Dx"), "derivation does not start with 'Derive' or 'DrvWithVersion'");
  assert.equal(refused('DrvWithVersion("2"'), "Unknown derivation ATerm format version '2'");
  assert.equal(refused('Derive([("out","","'), "unterminated string in derivation");
  assert.match(refused('Derive([("out","","sha256","")')!, /^experimental Nix feature 'ca-derivations' is disabled/);
});

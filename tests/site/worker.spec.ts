import { exampleFlakes, openEvaluator, plain, shellSource, type EvaluatorGlobals } from "../support/evaluator.ts";
import { expect, test } from "./fixtures.ts";

/** The page's globals, for functions that run in it. */
declare const client: EvaluatorGlobals["client"];
declare const flake: EvaluatorGlobals["flake"];

const shellText = shellSource.files["flake.nix"] as string;

test("a shell is given with its packages, variables and hook", async ({ page }) => {
  await openEvaluator(page);
  const outcome = await page.evaluate(async (source) => {
    await flake.evaluate(source);
    return flake.derivation(["devShells", "x86_64-linux", "default"]);
  }, shellSource);
  expect(outcome).toMatchObject({
    status: "ok",
    value: {
      name: "nix-shell",
      system: "x86_64-linux",
      drvPath: expect.stringMatching(/^\/nix\/store\/[a-z0-9]{32}-nix-shell\.drv$/),
      outPath: expect.stringMatching(/^\/nix\/store\/[a-z0-9]{32}-nix-shell$/),
      packages: [{ pname: "python3", version: expect.stringMatching(/^3\.13\./) }, { pname: "venv-shell-hook" }],
      variables: { venvDir: "./.venv", LD_LIBRARY_PATH: expect.stringContaining("/lib") },
      inputs: expect.arrayContaining([expect.objectContaining({ name: expect.stringMatching(/^python3-3\.13/) })]),
    },
  });
  const { variables } = (outcome as { value: { variables: object } }).value;
  expect(Object.keys(variables)).not.toContain("buildInputs");
});

test("outputs open attribute by attribute, and an error stays in its attribute", async ({ page }) => {
  await openEvaluator(page);
  const source = plain(`{
    lib.answer = { deep = [ 1 "two" ]; f = x: x; };
    lib.broken = throw "not this one";
  }`);
  const given = await page.evaluate(async (source) => {
    const evaluated = await flake.evaluate(source);
    return { evaluated, lib: await flake.read(["lib"]), list: await flake.read(["lib", "answer", "deep"]) };
  }, source);
  expect(given.evaluated).toMatchObject({
    status: "ok",
    value: {
      outputs: [{ attribute: "lib", kind: "set", opens: true }],
      hasInputs: false,
      lock: { inStep: true },
    },
  });
  expect(given.lib).toMatchObject({
    value: {
      children: [
        {
          attribute: "answer",
          kind: "set",
          opens: true,
          place: { of: "flake", file: "flake.nix", line: 2, column: 5 },
        },
        {
          attribute: "broken",
          kind: "error",
          failure: { kind: "throw", message: "not this one", place: { of: "flake", line: 3, column: 18, length: 5 } },
        },
      ],
    },
  });
  expect(given.list).toMatchObject({ value: { children: [{ value: "1" }, { value: '"two"' }] } });
});

test("places count columns as editors do, also behind letters of several bytes", async ({ page }) => {
  await openEvaluator(page);
  const source = plain(`{ a = "ääü😀" + nowhere; }`);
  const outcome = await page.evaluate((source) => flake.evaluate(source), source);
  const column = (source.files["flake.nix"] as string).indexOf("nowhere") + 1;
  expect(outcome).toMatchObject({
    status: "failed",
    failure: { kind: "undefined", place: { of: "flake", file: "flake.nix", line: 1, column, length: 7 } },
  });
});

test("a function is applied to an output", async ({ page }) => {
  await openEvaluator(page);
  const given = await page.evaluate(async (source) => {
    await flake.evaluate(source);
    return [
      await flake.apply("builtins.attrNames", ["devShells"]),
      await flake.apply(
        "shells: shells.x86_64-linux.default.pname or shells.x86_64-linux.default.name",
        ["devShells"],
        "text",
      ),
      await flake.apply("x: x + 1", ["devShells"]),
    ];
  }, shellSource);
  expect(given).toMatchObject([
    { value: '["aarch64-darwin","aarch64-linux","x86_64-linux"]' },
    { value: '"nix-shell"' },
    { status: "failed", failure: { place: { of: "expression", line: 1, column: 4 } } },
  ]);
});

test("names are completed from what the flake means at that place", async ({ page }) => {
  await openEvaluator(page);
  const at = shellText.indexOf("pkgs.zlib") + "pkgs.".length;
  const nested = shellText.replace("pkgs.zlib", "pkgs.python313Packages.fl");
  const inWith = shellText.replace("pkgs.zlib", "(with pkgs.python313Packages; fl)");
  const given = await page.evaluate(
    async ([source, text, at, nested, nestedAt, inWith, inWithAt]) => {
      await flake.evaluate(source);
      return [
        await flake.complete("flake.nix", text, at),
        await flake.complete("flake.nix", nested, nestedAt),
        await flake.complete("flake.nix", inWith, inWithAt),
        await flake.complete("flake.nix", text, 0),
        await flake.derivation(["devShells", "x86_64-linux", "default"]),
      ];
    },
    [shellSource, shellText, at, nested, nested.indexOf("fl", at) + 2, inWith, inWith.indexOf("fl)") + 2] as const,
  );
  expect(given).toMatchObject([
    { value: { from: at, to: at + "zlib".length, names: expect.arrayContaining(["hello", "mkShell", "python313"]) } },
    { value: { names: expect.arrayContaining(["flask", "requests"]) } },
    { value: { from: inWith.indexOf("fl)"), names: expect.arrayContaining(["flask", "requests"]) } },
    { value: { names: [] } },
    { status: "ok" },
  ]);
});

test("the inputs are given as a graph, with those that follow others", async ({ page }) => {
  await openEvaluator(page);
  const { source } = exampleFlakes().find(({ name }) => name === "05-devenv")!;
  const outcome = await page.evaluate(async (source) => {
    await flake.evaluate(source);
    return flake.inputs();
  }, source);
  expect(outcome).toMatchObject({
    status: "ok",
    value: {
      nodes: expect.arrayContaining([
        { key: "root", isFlake: true, hasStandIn: false },
        expect.objectContaining({ key: "devenv", isFlake: true, hasStandIn: true, day: "2026-08-21" }),
        expect.objectContaining({ key: "crate2nix", isFlake: false, hasStandIn: false }),
      ]),
      edges: expect.arrayContaining([
        { from: "root", to: "nixpkgs", name: "nixpkgs" },
        { from: "devenv", to: "nixpkgs", name: "nixpkgs", follows: "nixpkgs" },
      ]),
    },
  });
});

test("a lock file that is out of step is told, with Nix's refusal and the file that would be right", async ({
  page,
}) => {
  await openEvaluator(page);
  const lock = JSON.parse(shellSource.files["flake.lock"] as string) as {
    nodes: Record<string, { original: Record<string, string>; locked: Record<string, string> }>;
  };
  const { original, locked } = lock.nodes["nixpkgs"]!;
  const { "flake.lock": _, ...files } = shellSource.files;
  const [without, recorded, again] = await page.evaluate(
    async ([source, recorded]) => {
      const without = await flake.evaluate(source);
      const offered = await flake.evaluate({ ...source, recorded });
      const text = offered.status === "ok" ? offered.value.lock.text! : "";
      return [without, offered, await flake.evaluate({ ...source, files: { ...source.files, "flake.lock": text } })];
    },
    [{ ...shellSource, files }, [{ original, locked }]] as const,
  );
  expect(without).toMatchObject({
    value: { lock: { inStep: false, missing: ["github:NixOS/nixpkgs/nixos-26.05"] } },
  });
  expect(recorded).toMatchObject({
    value: {
      outputs: [{ attribute: "devShells" }],
      hasInputs: true,
      lock: {
        inStep: false,
        refusal: expect.stringContaining("requires lock file changes but they're not allowed"),
        difference: expect.stringContaining("• Added input 'nixpkgs':"),
        text: expect.stringContaining(locked["rev"]!),
      },
    },
  });
  expect(again).toMatchObject({ value: { lock: { inStep: true } } });
});

test("an input that is not to be had is named, and outputs that do not touch it show", async ({ page }) => {
  await openEvaluator(page);
  const locked = {
    type: "github",
    owner: "who",
    repo: "ever",
    rev: "0".repeat(40),
    narHash: `sha256-${"A".repeat(43)}=`,
  };
  const original = { type: "github", owner: "who", repo: "ever" };
  const nodes = { root: { inputs: { it: "it" } }, it: { locked, original } };
  const files = {
    "flake.nix": '{ inputs.it.url = "github:who/ever"; outputs = { self, it }: { lib = 1; needs = it.lib; }; }',
    "flake.lock": JSON.stringify({ nodes, root: "root", version: 7 }),
  };
  const outcome = await page.evaluate((files) => flake.evaluate({ files }), files);
  expect(outcome).toMatchObject({
    value: {
      outputs: [
        { attribute: "lib", kind: "value", value: "1" },
        {
          attribute: "needs",
          kind: "error",
          failure: { kind: "unsupported", message: expect.stringContaining("github:who/ever") },
        },
      ],
    },
  });
});

test("a command prints what it prints in a terminal, and says which files it wrote", async ({ page }) => {
  await openEvaluator(page);
  const given = await page.evaluate(async (source) => {
    const run = (argv: string[]) => client.command(source, { argv, cwd: "/home/you/flake", stdin: "1 + 1" });
    return [
      await run(["nix-instantiate", "--eval", "-"]),
      await run(["nix", "flake", "metadata", "--json"]),
      await run(["nix", "eval", ".#nowhere"]),
    ];
  }, plain("{ }"));
  expect(given).toMatchObject([
    { value: { status: 0, stdout: "2\n", stderr: "", written: {} } },
    { value: { status: 0, stdout: expect.stringContaining('"locks"') } },
    { value: { status: 1, stderr: expect.stringContaining("does not provide attribute") } },
  ]);
});

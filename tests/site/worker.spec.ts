import { readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import type { FlakeFiles } from "../../src/runtime/messages.ts";
import { exampleFlakes, openEvaluator, type EvaluatorGlobals } from "../support/evaluator.ts";
import { expect, test } from "./fixtures.ts";

/** The page's globals, for functions that run in it. */
declare const client: EvaluatorGlobals["client"];
declare const flake: EvaluatorGlobals["flake"];

const { source: shellSource } = exampleFlakes().find(({ name }) => name === "09-venv-shell-hook")!;
const shellText = shellSource.files["flake.nix"] as string;

/** A flake without inputs. */
const plain = (outputs: string): FlakeFiles => ({ files: { "flake.nix": `{ outputs = { self }: ${outputs}; }` } });

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
    value: { outputs: [{ attribute: "lib", kind: "set", opens: true }], lock: { inStep: true } },
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

test("a file that Git does not track does not exist, and Nix says what to do", async ({ page }) => {
  await openEvaluator(page);
  const files = { "flake.nix": "{ outputs = { self }: { lib = import ./more.nix; }; }", "more.nix": "{ a = 1; }" };
  const [before, after] = await page.evaluate(
    async (files) => [
      await flake.evaluate({ files, tracked: ["flake.nix"], root: "/home/you/contacts" }),
      await flake.evaluate({ files, tracked: ["flake.nix", "more.nix"] }),
    ],
    files,
  );
  expect(before).toMatchObject({
    value: {
      outputs: [
        {
          kind: "error",
          failure: {
            message:
              "Path 'more.nix' in the repository \"/home/you/contacts\" is not tracked by Git.\n\n" +
              'To make it visible to Nix, run:\n\ngit -C "/home/you/contacts" add "more.nix"',
          },
        },
      ],
    },
  });
  expect(after).toMatchObject({ value: { outputs: [{ kind: "set" }] } });
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
    status: "failed",
    failure: { kind: "unsupported", message: expect.stringContaining("github:NixOS/nixpkgs/nixos-26.05") },
  });
  expect(recorded).toMatchObject({
    value: {
      outputs: [{ attribute: "devShells" }],
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

test("an endless evaluation is stopped within a second, by hand or by the time limit, and the client lives on", async ({
  page,
}) => {
  await openEvaluator(page, { timeLimit: 3000 });
  const endless = plain("let f = n: if n < 2 then n else f (n - 1) + f (n - 2); in { lib = f 90; }");
  const given = await page.evaluate(
    async ([endless, good]) => {
      await flake.evaluate(good);
      const running = flake.evaluate(endless);
      await new Promise((done) => setTimeout(done, 300));
      const start = performance.now();
      client.stop();
      const stopped = await running;
      const took = performance.now() - start;
      const other = client.flake();
      return { took, stopped, limit: await other.evaluate(endless), after: await flake.evaluate(good) };
    },
    [endless, plain("{ lib = 1; }")] as const,
  );
  expect(given.took).toBeLessThan(1000);
  expect(given.stopped).toEqual({ status: "stopped", message: "the evaluation was stopped" });
  expect(given.limit).toEqual({ status: "stopped", message: "the evaluation was stopped after 3 s" });
  expect(given.after).toMatchObject({ status: "ok" });
});

test("after a stop, questions about a flake that was evaluated before are answered", async ({ page }) => {
  await openEvaluator(page);
  const outcome = await page.evaluate(async (source) => {
    await flake.evaluate(source);
    client.stop();
    return flake.read(["lib"]);
  }, plain("{ lib.a = 1; }"));
  expect(outcome).toMatchObject({ status: "ok", value: { children: [{ attribute: "a", value: "1" }] } });
});

test("of many quick edits only the last is shown, and the older ones are stale", async ({ page }) => {
  await openEvaluator(page);
  const statuses = await page.evaluate(
    async (sources) => {
      const outcomes = await Promise.all(sources.map((source) => flake.evaluate(source)));
      return outcomes.map((outcome) => (outcome.status === "ok" ? outcome.value.outputs[0]!.value : outcome.status));
    },
    Array.from({ length: 200 }, (_, edit) => plain(`{ lib = ${edit}; }`)),
  );
  expect(statuses).toEqual([...Array<string>(199).fill("stale"), "199"]);
});

test("two flakes at once do not get each other's files", async ({ page }) => {
  await openEvaluator(page);
  const given = await page.evaluate(
    async ([one, two]) => {
      const other = client.flake();
      await Promise.all([flake.evaluate(one), other.evaluate(two)]);
      await flake.evaluate({ ...one });
      return [await flake.read(["lib"]), await other.read(["lib"]), await other.apply("o: o.lib.file")];
    },
    [
      { files: { ...plain("{ lib.file = builtins.readFile ./a; }").files, a: "one" } },
      { files: { ...plain("{ lib.file = builtins.readFile ./a; }").files, a: "two" } },
    ] as const,
  );
  expect(given).toMatchObject([
    { value: { children: [{ value: '"one"' }] } },
    { value: { children: [{ value: '"two"' }] } },
    { value: '"two"' },
  ]);
});

test("calls nest 1,500 deep, and deeper ones end with Nix's own error", async ({ page }) => {
  await openEvaluator(page);
  const depth = await page.evaluate(async () => {
    const reaches = async (n: number) => {
      const text = `{ outputs = { self }: let f = n: if n == 0 then 0 else 1 + f (n - 1); in { lib = f ${n}; }; }`;
      const outcome = await flake.evaluate({ files: { "flake.nix": text } });
      return outcome.status === "ok" ? (outcome.value.outputs[0]!.failure?.message ?? "reached") : outcome.status;
    };
    const cold = await reaches(1500);
    let [low, high] = [0, 10_000];
    const beyond = await reaches(high);
    while (high - low > 50) {
      const middle = (low + high) >> 1;
      if ((await reaches(middle)) === "reached") low = middle;
      else high = middle;
    }
    return { cold, low, beyond, after: await reaches(100) };
  });
  console.log(`calls nest ${depth.low} deep`);
  expect(depth.cold).toBe("reached");
  expect(depth.low).toBeGreaterThanOrEqual(1500);
  expect(depth.beyond).toBe("stack overflow; max-call-depth exceeded");
  expect(depth.after).toBe("reached");
});

const lockOf = (nodes: object) => JSON.stringify({ nodes, root: "root", version: 7 });
const flakeWithInput = '{ inputs.a.url = "github:NixOS/nixpkgs"; outputs = { self, a }: { lib = a.lib.version; }; }';
const bad: Record<string, FlakeFiles["files"]> = {
  "half a file": { "flake.nix": shellText.slice(0, 400) },
  "100,000 brackets": { "flake.nix": "[".repeat(100_000) },
  "100,000 braces in outputs": { "flake.nix": `{ outputs = _: ${"{a=".repeat(100_000)}` },
  "a page of HTML": { "flake.nix": "<!doctype html><html><body>Not found</body></html>" },
  "null bytes": { "flake.nix": "{ outputs = _: \0; }" },
  "no outputs": { "flake.nix": "{ description = 1; }" },
  "an unknown variable": { "flake.nix": "{ outputs = { self }: { a = b; }; }" },
};
const badPlaceless: Record<string, FlakeFiles["files"]> = {
  "no flake.nix": { "README.md": "" },
  "a lock that is no JSON": { "flake.nix": flakeWithInput, "flake.lock": "{" },
  "a lock of another version": { "flake.nix": flakeWithInput, "flake.lock": '{"version":99}' },
  "a lock whose node is missing": {
    "flake.nix": flakeWithInput,
    "flake.lock": lockOf({ root: { inputs: { a: "a" } } }),
  },
  "a lock whose inputs follow each other": {
    "flake.nix": flakeWithInput,
    "flake.lock": lockOf({ root: { inputs: { a: ["b"], b: ["a"] } } }),
  },
  "a lock of odd values": {
    "flake.nix": flakeWithInput,
    "flake.lock": '{"version":7,"root":[],"nodes":{"root":null}}',
  },
};

for (const [what, files] of [...Object.entries(bad), ...Object.entries(badPlaceless)])
  test(`bad input is refused in words: ${what}`, async ({ page }) => {
    await openEvaluator(page);
    const [outcome, after] = await page.evaluate(
      async ([files, good]) => [await flake.evaluate({ files }), await flake.evaluate(good)],
      [files, plain("{ lib = 1; }")] as const,
    );
    if (outcome?.status !== "failed") throw new Error(JSON.stringify(outcome).slice(0, 500));
    expect(outcome.failure.kind).not.toBe("bug");
    expect(outcome.failure.message).not.toBe("");
    if (what in bad)
      expect(outcome.failure.place, outcome.failure.text).toMatchObject({ of: "flake", file: "flake.nix" });
    expect(after).toMatchObject({ status: "ok" });
  });

test("bytes that are no UTF-8 are read as they are", async ({ page }) => {
  await openEvaluator(page);
  const outcome = await page.evaluate((text) => {
    const bytes = Uint8Array.from({ length: text.length }, (_, at) => text.charCodeAt(at));
    return flake.evaluate({ files: { "flake.nix": bytes } });
  }, '{ outputs = { self }: { a = "\xff\xfe"; \xe9 = 1; }; }');
  expect(outcome).toMatchObject({ status: "failed", failure: { kind: "syntax", place: { line: 1 } } });
});

test("a text is checked without an evaluation", async ({ page }) => {
  await openEvaluator(page);
  const given = await page.evaluate(async () => [
    await client.parse("a.nix", "{ a = 1; }"),
    await client.parse("lib/b.nix", "{\n  a = ;\n}"),
    await client.parse("c.nix", "x: y"),
  ]);
  expect(given).toMatchObject([
    { status: "ok" },
    {
      status: "failed",
      failure: { kind: "syntax", place: { of: "flake", file: "lib/b.nix", line: 2, column: 7, length: 1 } },
    },
    { status: "failed", failure: { kind: "undefined", place: { line: 1, column: 4, length: 1 } } },
  ]);
});

test("a worker that the browser does not start is reported, and the page goes on", async ({ page, problems }) => {
  await openEvaluator(page, { worker: "/evaluator/worker-gone.js" });
  const missing = await page.evaluate((source) => flake.evaluate(source), plain("{ }"));
  expect(missing).toEqual({
    status: "unavailable",
    message: "the evaluator could not be started in this browser: its script could not be loaded",
  });
  await openEvaluator(page, { worker: "https://example.org/worker.js" });
  const foreign = await page.evaluate((source) => flake.evaluate(source), plain("{ }"));
  expect(foreign).toMatchObject({ status: "unavailable", message: expect.stringContaining("could not be started") });
  await page.evaluate(() => Object.assign(globalThis, { Worker: undefined }));
  const [none, after] = await page.evaluate(
    async (source) => [await flake.evaluate(source), await flake.evaluate(source)],
    plain("{ }"),
  );
  expect(none).toMatchObject({ status: "unavailable" });
  expect(after).toMatchObject({ status: "unavailable" });
  problems.length = 0;
});

test("a pack that cannot be fetched is named, and the next evaluation tries again", async ({ page, problems }) => {
  await openEvaluator(page);
  await page.route("**/evaluator/nixpkgs-*", (route) => route.abort());
  const before = await page.evaluate((source) => flake.evaluate(source), shellSource);
  expect(JSON.stringify(before)).toContain("the stand-in for an input could not be loaded");
  await page.unroute("**/evaluator/nixpkgs-*");
  const after = await page.evaluate((source) => flake.evaluate(source), shellSource);
  expect(after).toMatchObject({ status: "ok", value: { outputs: [{ kind: "set" }] } });
  expect(JSON.stringify(after)).not.toContain('"error"');
  problems.length = 0;
});

test("the worker runs on a page that is isolated from other origins, as the sandbox needs it", async ({ page }) => {
  await page.route("**/glossary/", async (route) => {
    const response = await route.fetch();
    await route.fulfill({
      response,
      headers: { ...response.headers(), "cross-origin-embedder-policy": "require-corp" },
    });
  });
  await openEvaluator(page);
  expect(await page.evaluate(() => crossOriginIsolated)).toBe(true);
  const outcome = await page.evaluate((source) => flake.evaluate(source), plain("{ lib = 1; }"));
  expect(outcome).toMatchObject({ status: "ok" });
});

test("the page's policy lets workers of the site run, and no others", () => {
  const headers = readFileSync(join(resolve(import.meta.dirname, "../.."), "public/_headers"), "utf8");
  expect(/worker-src ([^;]*)/.exec(headers)?.[1]).toBe("'self'");
});

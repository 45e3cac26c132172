/** The lab in Chromium: from the click to an editor, from a keystroke to the tree, and what a thousand evaluations leave. */
import { spawnSync } from "node:child_process";
import { chromium, type CDPSession, type Page } from "playwright";
import { startServer } from "#server";
import { browserFlags } from "../support/browser-flags.ts";
import { dist } from "../support/built-site.ts";
import { root } from "../support/project-copy.ts";
import { provideChromium } from "../support/provide-chromium.ts";
import { largestExample } from "./largest-example.ts";
import type { Measure, Part } from "./measures.ts";

const runs = 5;
const keystrokes = 200;
const evaluations = 1000;

/** In milliseconds; the growth as a ratio. */
const goals = { ready: 300, tree: 50, longTask: 50, growth: 1.2 };

export const benchLab: Part = async (log) => {
  const built = spawnSync(process.execPath, ["--run", "build"], { cwd: root, encoding: "utf8" });
  if (built.status !== 0) throw new Error(`the build failed:\n${built.stdout}${built.stderr}`);
  const server = await startServer({ root: dist });
  const browser = await chromium.launch({ executablePath: provideChromium(log), args: browserFlags });
  try {
    const ready: number[] = [];
    const pointedAt: number[] = [];
    for (let run = 1; run <= runs; run++) {
      log(`click to editor, run ${run} of ${runs}`);
      // A page of its own context has nothing in its cache.
      const page = await browser.newPage({ baseURL: server.url });
      ready.push(await clickToEditor(page));
      await page.close();
      const pointed = await browser.newPage({ baseURL: server.url });
      pointedAt.push(await clickToEditor(pointed, true));
      await pointed.close();
    }
    const page = await browser.newPage({ baseURL: server.url });
    const largest = largestExample();
    log(`keystroke to tree, in ${largest}`);
    const { times, longTasks } = await keystrokesToTree(page, largest);
    log(`${evaluations} evaluations`);
    const growth = await growthOf(page);
    const sorted = times.toSorted((a, b) => a - b);
    const measures: Measure[] = [
      { name: "click to editor", values: ready, unit: "ms", atMost: goals.ready },
      { name: "click to editor, after pointing at the button", values: pointedAt, unit: "ms", atMost: goals.ready },
      { name: "keystroke to tree", values: times, unit: "ms" },
      {
        name: "keystroke to tree, 95th percentile",
        values: [sorted[Math.ceil(sorted.length * 0.95) - 1]!],
        unit: "ms",
        atMost: goals.tree,
      },
      {
        name: "longest task of the page while typing",
        values: [Math.max(0, ...longTasks)],
        unit: "ms",
        atMost: goals.longTask,
      },
      { name: `worker's memory after ${evaluations} more`, values: [growth.worker], unit: "x", atMost: goals.growth },
      { name: `page's memory after ${evaluations} more`, values: [growth.page], unit: "x", atMost: goals.growth },
    ];
    return measures;
  } finally {
    await browser.close();
    await server.close();
  }
};

async function clickToEditor(page: Page, pointsFirst = false): Promise<number> {
  await page.goto("/lessons/devenv-venv/", { waitUntil: "networkidle" });
  if (pointsFirst) {
    await page.locator("flake-panel open-lab a").hover();
    await page.waitForLoadState("networkidle");
    // About as long as a hand needs from there to the click.
    await page.waitForTimeout(200);
  }
  return page.evaluate(async () => {
    const start = performance.now();
    document.querySelector<HTMLElement>("flake-panel open-lab a")!.click();
    while (document.querySelector("flake-lab[data-ready]") === null) await new Promise(requestAnimationFrame);
    return performance.now() - start;
  });
}

/** Types letters into the description, each after the tree has shown the one before. */
async function keystrokesToTree(page: Page, example: string): Promise<{ times: number[]; longTasks: number[] }> {
  await page.goto(`/lab/${example}/`);
  await page.locator("outputs-tree [role=treeitem]").first().waitFor();
  await page.evaluate(() => {
    const found = { times: [] as number[], longTasks: [] as number[] };
    Object.assign(globalThis, { found });
    let pressed = 0;
    const lab = document.querySelector("flake-lab")!;
    lab.addEventListener("keydown", () => (pressed = performance.now()), true);
    lab.addEventListener("evaluated", () => found.times.push(performance.now() - pressed));
    new PerformanceObserver((list) => {
      for (const { duration } of list.getEntries()) found.longTasks.push(duration);
    }).observe({ type: "longtask" });
  });
  await page.getByRole("textbox", { name: "Text of flake.nix" }).focus();
  await page.keyboard.press("Control+Home");
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("End");
  for (let step = 0; step < 2; step++) await page.keyboard.press("ArrowLeft");
  for (let count = 1; count <= keystrokes; count++) {
    await page.keyboard.press("x");
    await page.waitForFunction((count) => (globalThis as unknown as Found).found.times.length >= count, count, {
      polling: 5,
    });
  }
  return page.evaluate(() => (globalThis as unknown as Found).found);
}

interface Found {
  found: { times: number[]; longTasks: number[] };
}

/** How many times as much memory is in use after so many evaluations as before them, after the collector ran. */
async function growthOf(page: Page): Promise<{ worker: number; page: number }> {
  const session = await page.context().newCDPSession(page);
  const worker = await attachToWorker(session);
  const used = async () => {
    for (const send of [worker, (method: string) => session.send(method as "HeapProfiler.collectGarbage")])
      await send("HeapProfiler.collectGarbage");
    return {
      worker: ((await worker("Runtime.getHeapUsage")) as { usedSize: number }).usedSize,
      page: (await session.send("Runtime.getHeapUsage")).usedSize,
    };
  };
  const evaluate = (count: number) =>
    page.evaluate(async (count) => {
      const { project } = document.querySelector("flake-lab") as unknown as {
        project: { files: ReadonlyMap<string, string>; write(path: string, text: string, by: string): void };
      };
      for (let edit = 0; edit < count; edit++) {
        const shown = new Promise((done) =>
          document.querySelector("flake-lab")!.addEventListener("evaluated", done, { once: true }),
        );
        project.write(
          "flake.nix",
          `${project.files.get("flake.nix")!.trimEnd()}${edit % 2 === 0 ? "\n\n" : "\n"}`,
          "bench",
        );
        await shown;
      }
    }, count);
  // The worker begins anew after 500 evaluations: both times are as far from that.
  await evaluate(500);
  const before = await used();
  await evaluate(evaluations);
  const after = await used();
  return { worker: after.worker / before.worker, page: after.page / before.page };
}

/** Sends messages of the debugger's protocol to the page's worker, which Playwright does not offer. */
async function attachToWorker(session: CDPSession): Promise<(method: string) => Promise<unknown>> {
  const attached = new Promise<string>((done) =>
    session.on(
      "Target.attachedToTarget",
      ({ sessionId, targetInfo }) => targetInfo.type === "worker" && done(sessionId),
    ),
  );
  await session.send("Target.setAutoAttach", { autoAttach: true, waitForDebuggerOnStart: false, flatten: false });
  const sessionId = await attached;
  const waiting = new Map<number, (result: unknown) => void>();
  session.on("Target.receivedMessageFromTarget", ({ message }) => {
    const { id, result } = JSON.parse(message) as { id?: number; result?: unknown };
    if (id !== undefined) waiting.get(id)?.(result);
  });
  let lastId = 0;
  return (method) =>
    new Promise((done) => {
      const id = ++lastId;
      waiting.set(id, done);
      void session.send("Target.sendMessageToTarget", { sessionId, message: JSON.stringify({ id, method }) });
    });
}

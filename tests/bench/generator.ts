/**
 * The generator: a list of requirements to files in Node, and in Chromium each keystroke to the flake on the page and to the
 * evaluated outputs. A burst is 200 keystrokes; its value is the 95th percentile.
 */
import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { chromium, type Page } from "playwright";
import { generate, type ApproachId } from "#generator";
import { startServer } from "#server";
import { browserFlags } from "../support/browser-flags.ts";
import { dist } from "../support/built-site.ts";
import { root } from "../support/project-copy.ts";
import { provideChromium } from "../support/provide-chromium.ts";
import { median, type Measure, type Part } from "./measures.ts";

const runs = 5;
const burst = 200;
/** A fast typist's pause, in milliseconds. */
const pause = 25;

/** In milliseconds. */
const goals = { files: 2, flake: 16, tree: 60, long: 200, task: 100 };

const packages = Object.entries(
  (
    JSON.parse(readFileSync(join(root, "src/inputs/nixpkgs/index.json"), "utf8")) as {
      packages: Record<string, { version?: string }>;
    }
  ).packages,
);
const pins = readFileSync(join(root, "examples/contacts/requirements.txt"), "utf8");

/** Pins of so many packages of the index; beyond its end, of packages that it does not know. */
function listOf(count: number): string {
  const lines = Array.from({ length: count }, (_, at) => {
    const [name, { version = "1.0" }] = packages[at] ?? [`package-${at}`, {}];
    return `${name}==${version}`;
  });
  return `${lines.join("\n")}\n`;
}

export const benchGenerator: Part = async (log) => {
  const built = spawnSync(process.execPath, ["--run", "build"], { cwd: root, encoding: "utf8" });
  if (built.status !== 0) throw new Error(`the build failed:\n${built.stdout}${built.stderr}`);
  const measures = [inNode()];
  const server = await startServer({ root: dist });
  const browser = await chromium.launch({ executablePath: provideChromium(log), args: browserFlags });
  try {
    const page = await browser.newPage({
      baseURL: server.url,
      permissions: ["clipboard-read", "clipboard-write"],
    });
    for (const approach of ["with-packages", "override"] as const) {
      log(`${burst} keystrokes, ${approach}`);
      measures.push(...(await keystrokes(page, approach, pins)));
    }
    log("100 requirements");
    measures.push(...(await keystrokes(page, "with-packages", listOf(100))));
    for (const approach of ["with-packages", "override"] as const) {
      log(`10,000 requirements, ${approach}`);
      measures.push(...(await pasted(page, approach, listOf(10_000))));
    }
  } finally {
    await browser.close();
    await server.close();
  }
  return measures;
};

/** Each value is the median of 50 calls, after as many to warm up. */
function inNode(): Measure {
  const input = { files: { "requirements.txt": listOf(100) }, entry: "requirements.txt" };
  const once = () => {
    const start = performance.now();
    generate(input, { approach: "override" });
    return performance.now() - start;
  };
  const round = () => median(Array.from({ length: 50 }, once));
  round();
  return {
    name: "100 requirements, Node",
    values: Array.from({ length: runs }, round),
    unit: "ms",
    atMost: goals.files,
  };
}

async function openWith(page: Page, text: string, approach: ApproachId): Promise<void> {
  await page.goto("/glossary/");
  await page.goto(`/generate/#approach=${approach}&file.requirements.txt=${encodeURIComponent(text)}`);
  await page.locator("generate-form[data-ready]").waitFor();
  await page.locator("outputs-tree [role=treeitem], outputs-tree .failure").first().waitFor();
}

/** What the page notes: the keystrokes; of each time the files were shown anew, how long a key had waited; and of the tree. */
interface Noted {
  keys: number;
  readonly flake: number[];
  readonly tree: number[];
}

/** The longest tasks: while the text was put into the field, and from then on. */
interface Tasks {
  field: number;
  after: number;
}

/** Measured from the moment at which the browser got the key. A frame that is still to be painted is not in it. */
async function watch(page: Page): Promise<void> {
  await page.evaluate(() => {
    const noted: Noted = { keys: 0, flake: [], tree: [] };
    Object.assign(globalThis, { noted });
    const code = document.querySelector<HTMLElement>("#generated-file")!;
    let waiting: number | undefined;
    let shown = 0;
    const note = (event: Event) => {
      noted.keys++;
      // What a paste takes out first is the browser's work with the text, as is putting it in.
      if ((event as InputEvent).inputType === "insertFromPaste") waiting = undefined;
      waiting ??= event.timeStamp;
    };
    document.addEventListener("input", note, { capture: true });
    // Not when the event has passed: a slow page puts its work off, and would seem fast. With the files, tabs are set anew.
    new MutationObserver(() => {
      if (waiting === undefined) return;
      void code.offsetHeight;
      noted.flake.push(performance.now() - waiting);
      [shown, waiting] = [waiting, undefined];
    }).observe(document.querySelector("generate-form [role=tablist]")!, {
      subtree: true,
      attributeFilter: ["aria-selected"],
    });
    const tree = document.querySelector("outputs-tree")!;
    new MutationObserver(() => {
      if (!tree.hasAttribute("aria-busy")) noted.tree.push(performance.now() - shown);
    }).observe(tree, { attributeFilter: ["aria-busy"] });
  });
}

const notedBy = (page: Page): Promise<Noted> => page.evaluate(() => (globalThis as unknown as { noted: Noted }).noted);

/** Waits until the files were shown so many times, and until all that follows is done. */
async function shownTimes(page: Page, count: number): Promise<void> {
  await page.waitForFunction((count) => (globalThis as unknown as { noted: Noted }).noted.flake.length >= count, count);
  await page.waitForTimeout(2000);
}

/** Types a line again and again below the list: each key changes the files, and most of them the flake. */
async function keystrokes(page: Page, approach: ApproachId, text: string): Promise<Measure[]> {
  const flake: number[] = [];
  const tree: number[] = [];
  const busy: number[] = [];
  const count = text.split("\n").length - 1;
  for (let run = 0; run < runs; run++) {
    await openWith(page, text, approach);
    await page.locator("#given-text").focus();
    await page.keyboard.press("Control+End");
    await page.waitForTimeout(1000);
    await watch(page);
    const cpu = await cpuOf(page);
    const keys = "django-filter==25.1\n".repeat(burst / 20);
    await page.keyboard.type(keys, { delay: pause });
    busy.push(((await cpu()) / burst) * 1000);
    await page.waitForTimeout(500);
    const noted = await notedBy(page);
    if (noted.keys !== burst) throw new Error(`${noted.keys} keystrokes came through`);
    flake.push(percentile(noted.flake));
    tree.push(percentile(noted.tree));
  }
  const name = `${count} requirements, ${approach}`;
  return [
    { name: `${name}: keystroke to flake, p95`, values: flake, unit: "ms", atMost: goals.flake },
    { name: `${name}: keystroke to outputs, p95`, values: tree, unit: "ms", atMost: goals.tree },
    { name: `${name}: CPU of the page for a keystroke`, values: busy, unit: "ms" },
  ];
}

/** Seconds of CPU that the page's main thread has spent from now on. */
async function cpuOf(page: Page): Promise<() => Promise<number>> {
  const session = await page.context().newCDPSession(page);
  await session.send("Performance.enable", { timeDomain: "threadTicks" });
  const read = async () => {
    const { metrics } = await session.send("Performance.getMetrics");
    return metrics.find(({ name }) => name === "TaskDuration")!.value;
  };
  const before = await read();
  return async () => (await read()) - before;
}

/**
 * A long list is pasted, then a letter is typed: how long each takes, and the longest time the page stood still. What the
 * browser needs to put the text into its field is a task of its own, without any script.
 */
async function pasted(page: Page, approach: ApproachId, text: string): Promise<Measure[]> {
  const paste: number[] = [];
  const key: number[] = [];
  const fields: number[] = [];
  const tasks: number[] = [];
  for (let run = 0; run < runs; run++) {
    await openWith(page, pins, approach);
    await page.locator("#given-text").selectText();
    await watch(page);
    await page.evaluate(() => {
      const tasks: Tasks = { field: 0, after: 0 };
      Object.assign(globalThis, { tasks });
      let pasted = Infinity;
      document.addEventListener("input", ({ timeStamp }) => (pasted = Math.min(pasted, timeStamp)));
      new PerformanceObserver((list) => {
        for (const { startTime, duration } of list.getEntries()) {
          const which = startTime < pasted ? "field" : "after";
          tasks[which] = Math.max(tasks[which], duration);
        }
      }).observe({ type: "longtask" });
    });
    // As from the clipboard: the driver's own way gives the page an event for each line.
    await page.evaluate((text) => navigator.clipboard.writeText(text), text);
    await page.keyboard.press("Control+V");
    await shownTimes(page, 1);
    // A key, not `insertText`: that takes Chromium 700 ms in a field of so many lines, without any script.
    await page.keyboard.press("x");
    await shownTimes(page, 2);
    const [pastedAfter, typedAfter, ...more] = (await notedBy(page)).flake;
    if (pastedAfter === undefined || typedAfter === undefined || more.length > 0)
      throw new Error("the files were not shown once for the paste and once for the letter");
    paste.push(pastedAfter);
    key.push(typedAfter);
    const { field, after } = await page.evaluate(() => (globalThis as unknown as { tasks: Tasks }).tasks);
    fields.push(field);
    tasks.push(after);
  }
  const name = `10,000 requirements, ${approach}`;
  // So many pins in a layer give a flake of six million characters, which nobody wants: it only must not stop the page.
  const goal = approach === "override" ? {} : { atMost: goals.long };
  return [
    { name: `${name}: paste to flake`, values: paste, unit: "ms", ...goal },
    { name: `${name}: keystroke to flake`, values: key, unit: "ms", ...goal },
    { name: `${name}: longest task, the browser's field`, values: fields, unit: "ms" },
    { name: `${name}: longest task after it`, values: tasks, unit: "ms", atMost: goals.task },
  ];
}

/** The 95th percentile. @throws Error for an empty list */
function percentile(values: readonly number[]): number {
  const found = values.toSorted((a, b) => a - b)[Math.ceil(values.length * 0.95) - 1];
  if (found === undefined) throw new Error("nothing was shown after a keystroke");
  return found;
}

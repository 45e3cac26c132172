/** What a page costs on the wire. */
import { request as httpRequest } from "node:http";
import type { Page } from "playwright/test";

const kibibyte = 1024;

/** Bytes of all that a page loads, and of its scripts. `parts` is a line for each request. */
export interface Weight {
  readonly all: number;
  readonly script: number;
  readonly urls: readonly string[];
  readonly parts: string;
}

/** Opens a page and scrolls to its end. Headers and compressed bodies count, as the browser's network layer saw them. */
export async function weigh(page: Page, url: string): Promise<Weight> {
  const network = await page.context().newCDPSession(page);
  await network.send("Network.enable");
  const requests = new Map<string, { url: string; type: string; bytes: number }>();
  network.on("Network.responseReceived", ({ requestId, response, type }) =>
    requests.set(requestId, { url: response.url, type, bytes: 0 }),
  );
  network.on("Network.loadingFinished", ({ requestId, encodedDataLength }) => {
    const request = requests.get(requestId);
    if (request) request.bytes = encodedDataLength;
  });
  await page.goto(url, { waitUntil: "networkidle" });
  // What is loaded late is loaded all the same.
  await page.evaluate(() => scrollTo({ top: document.body.scrollHeight, behavior: "instant" }));
  await page.waitForLoadState("networkidle");

  // What comes from the cache costs nothing.
  const loaded = [...requests.values()].filter(({ bytes }) => bytes > 0);
  // Chromium without a window asks for no icon; a reader's does. Without an icon in the head, it asks for /favicon.ico.
  const icons = await page
    .locator("link[rel~=icon]")
    .evaluateAll((links) => links.map((link) => (link as HTMLLinkElement).href));
  if (icons.length === 0) throw new Error(`${url} names no icon`);
  for (const icon of icons.filter((icon) => loaded.every((request) => request.url !== icon)))
    loaded.push({ url: icon, type: "Icon", bytes: await bytesOf(icon) });

  const sum = (requests: typeof loaded) => requests.reduce((total, { bytes }) => total + bytes, 0);
  const [all, script] = [sum(loaded), sum(loaded.filter(({ type }) => type === "Script"))];
  const kib = (bytes: number) => `${(bytes / kibibyte).toFixed(1)} KiB`;
  const { pathname } = new URL(url);
  const lines = loaded.map((each) => `  ${String(each.bytes).padStart(6)} ${new URL(each.url).pathname}`);
  const parts = [`${pathname}: ${kib(all)}, of that ${kib(script)} script`, ...lines].join("\n");
  return { all, script, urls: loaded.map(({ url }) => url), parts };
}

/** All that comes over the socket for one request. */
function bytesOf(url: string): Promise<number> {
  return new Promise((done, fail) => {
    httpRequest(url, { headers: { "Accept-Encoding": "gzip" }, agent: false }, (response) => {
      response.resume();
      response.on("end", () => done(response.socket.bytesRead));
    })
      .on("error", fail)
      .end();
  });
}

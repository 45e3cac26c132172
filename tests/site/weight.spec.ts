import { request as httpRequest } from "node:http";
import { findLessons } from "../support/built-site.ts";
import { expect, test } from "./fixtures.ts";

const kibibyte = 1024;
const budget = { all: 40 * kibibyte, script: 8 * kibibyte };

for (const path of findLessons()) {
  test(`${path} weighs at most 40 KiB on the wire, of that at most 8 KiB script`, async ({ page, site }) => {
    // Headers and compressed bodies, as the browser's network layer counted them.
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
    await page.goto(path, { waitUntil: "networkidle" });
    // What is loaded late is loaded all the same.
    await page.evaluate(() => scrollTo({ top: document.body.scrollHeight, behavior: "instant" }));
    await page.waitForLoadState("networkidle");

    // What comes from the cache costs nothing.
    const loaded = [...requests.values()].filter(({ bytes }) => bytes > 0);
    // Chromium without a window asks for no icon; a reader's does.
    const icons = await page
      .locator("link[rel~=icon]")
      .evaluateAll((links) => links.map((link) => (link as HTMLLinkElement).href));
    expect(icons.length, "without an icon in the head, browsers ask for /favicon.ico on top").toBeGreaterThan(0);
    for (const url of icons.filter((icon) => loaded.every((request) => request.url !== icon)))
      loaded.push({ url, type: "Icon", bytes: await bytesOf(url) });

    expect(loaded.map(({ url }) => url)).toContain(site.url + path);
    expect(loaded.some(({ url }) => url.endsWith(".css"))).toBe(true);
    const sum = (requests: typeof loaded) => requests.reduce((total, { bytes }) => total + bytes, 0);
    const all = sum(loaded);
    const script = sum(loaded.filter(({ type }) => type === "Script"));
    const parts = loaded.map(({ url, bytes }) => `  ${String(bytes).padStart(6)} ${url.slice(site.url.length)}`);
    const kib = (bytes: number) => `${(bytes / kibibyte).toFixed(1)} KiB`;
    console.log([`${path}: ${kib(all)}, of that ${kib(script)} script`, ...parts].join("\n"));
    expect(all).toBeLessThanOrEqual(budget.all);
    expect(script).toBeLessThanOrEqual(budget.script);
  });
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

/** The whole site under a base path and with its origin known: every address in it, and its programs in use. */
import assert from "node:assert/strict";
import { execFile, spawnSync } from "node:child_process";
import { existsSync, globSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { promisify } from "node:util";
import { XMLParser, XMLValidator } from "fast-xml-parser";
import { chromium } from "playwright";
import { startServer } from "#server";
import { browserFlags } from "../support/browser-flags.ts";
import { findPages, readPage } from "../support/built-site.ts";
import { copyProject } from "../support/project-copy.ts";
import { provideChromium } from "../support/provide-chromium.ts";
import { attributesOf, dataOf, fileOf } from "./page-heads.ts";

const base = "/snakes/";
const origin = "https://snakes.example";
let copy: string;
let built: string;

before(() => {
  copy = copyProject();
  built = join(copy, "built");
  const { status, stdout, stderr } = spawnSync(process.execPath, ["--run", "build"], {
    cwd: copy,
    encoding: "utf8",
    env: { ...process.env, ASTRO_TELEMETRY_DISABLED: "1", SITE: origin, BASE: base, OUT: built },
    timeout: 280_000,
    killSignal: "SIGKILL",
  });
  assert.equal(status, 0, `${stdout}${stderr}`);
});
after(() => rmSync(copy, { recursive: true, force: true, maxRetries: 3 }));

const read = (file: string) => readFileSync(join(built, file), "utf8");

/** What is wrong with an address of the site: nothing, where it stands under the base path and its file is there. */
function complaint(address: string, from: string): string[] {
  const { origin: host, pathname } = new URL(address, origin + base + from.slice(1));
  if (host !== origin) return [];
  if (!pathname.startsWith(base)) return [`${from}: ${address} is not under ${base}`];
  return existsSync(fileOf(`/${pathname.slice(base.length)}`, built)) ? [] : [`${from}: ${address} is not there`];
}

test("every address in pages and styles stands under the base path, and what it names is there", () => {
  const wrong: string[] = [];
  let count = 0;
  const check = (address: string, from: string) => {
    count++;
    wrong.push(...complaint(address, from));
  };
  for (const path of findPages(built))
    for (const attributes of attributesOf(readPage(path, built), "[a-z][a-z-]*"))
      for (const [name, value] of Object.entries(attributes))
        if (/^(href|src|action)$/.test(name) || (name.startsWith("data-") && value.startsWith("/"))) check(value, path);
  for (const file of globSync("**/*.css", { cwd: built }))
    for (const [, address = ""] of read(file).matchAll(/url\(["']?((?!data:)[^"')]+)/g)) check(address, `/${file}`);
  assert.ok(count > 2000, `only ${count} addresses were found`);
  assert.deepEqual([...new Set(wrong)], []);
});

test("each page names its own address and the card, and search engines get exactly the pages that ask for it", () => {
  const listed: string[] = [];
  const card = readFileSync(join(built, "card.png"));
  assert.deepEqual([card.readUInt32BE(16), card.readUInt32BE(20)], [1200, 630]);
  for (const path of findPages(built)) {
    const html = readPage(path, built);
    const address = origin + base + path.slice(1);
    const links = attributesOf(html, "link");
    const metas = new Map(
      attributesOf(html, "meta").map((meta) => [meta["property"] ?? meta["name"], meta["content"]]),
    );
    const asks = metas.get("robots") !== "noindex";
    if (asks) listed.push(address);
    const canonical = links.filter(({ rel }) => rel === "canonical").map(({ href }) => href);
    assert.deepEqual(canonical, asks ? [address] : []);
    assert.equal(metas.get("og:url"), canonical[0]);
    assert.equal(metas.get("og:image"), `${origin}${base}card.png`);
    assert.deepEqual(
      links.filter(({ type }) => type === "application/rss+xml").map(({ href }) => href),
      [`${base}feed.xml`],
    );
  }
  assert.ok(read("robots.txt").endsWith(`\nSitemap: ${origin}${base}sitemap-index.xml\n`));
  const locations = (text: string) => [...text.matchAll(/<loc>(.*?)<\/loc>/g)].map(([, address = ""]) => address);
  const maps = locations(read("sitemap-index.xml"));
  const entries = maps.flatMap((address) => locations(read(address.slice((origin + base).length))));
  assert.deepEqual(entries.sort(), listed.sort());
  assert.ok(listed.length > 40);
});

test("the feed is well formed and has each lesson once, with whole addresses", () => {
  const text = read("feed.xml");
  assert.equal(XMLValidator.validate(text), true);
  const { channel } = (new XMLParser({ ignoreAttributes: false }).parse(text) as { rss: { channel: Channel } }).rss;
  assert.equal(channel.link, origin + base);
  assert.equal(channel["atom:link"]["@_href"], `${origin}${base}feed.xml`);
  const { hasPart } = dataOf(readPage("/lessons/", built)) as { hasPart: { url: string; name: string }[] };
  assert.deepEqual(
    channel.item.map(({ link }) => link),
    hasPart.map(({ url }) => url).reverse(),
  );
  for (const { title, link, guid, description } of channel.item) {
    assert.ok(link.startsWith(`${origin}${base}lessons/`), link);
    assert.equal(guid["#text"], link);
    assert.ok(title.length > 5 && description.length > 20, link);
    assert.deepEqual(complaint(link, "/feed.xml"), []);
  }
});

interface Channel {
  link: string;
  "atom:link": { "@_href": string };
  item: { title: string; link: string; guid: { "#text": string }; description: string }[];
}

test("llms.txt and the lessons' Markdown give whole addresses, and each is there", () => {
  for (const file of ["llms.txt", ...globSync("lessons/*.md", { cwd: built })]) {
    const prose = read(file).replaceAll(/^(?:> )?(`{3,})[^]*?^(?:> )?\1$/gm, "");
    const addresses = [...prose.matchAll(/(?:\]\((?!#)|<(?=\/|https?:))([^)>\s]+)[)>]/g)].map(
      ([, address = ""]) => address,
    );
    assert.ok(addresses.length > 2, file);
    for (const address of addresses) {
      assert.match(address, /^https?:/, file);
      assert.deepEqual(complaint(address, `/${file}`), []);
    }
  }
});

test("in a browser nothing is asked for outside of the base path: search, errors, generator, lab, exercise, terminal, clone", async () => {
  const server = await startServer({ root: built, base, host: "127.0.0.1" });
  const browser = await chromium.launch({ executablePath: provideChromium(), args: browserFlags });
  try {
    const page = await browser.newPage({ baseURL: server.url + base });
    page.setDefaultTimeout(30_000);
    const problems: string[] = [];
    page.on("pageerror", (error) => problems.push(error.message));
    page.on("console", (message) => void (message.type() === "error" && problems.push(message.text())));
    page.on("response", (response) => {
      const { pathname } = new URL(response.url());
      if (response.status() >= 400 || !pathname.startsWith(base)) problems.push(`${response.status()} ${pathname}`);
    });

    await page.goto("search/?q=overlay");
    await page.getByRole("option").first().click();
    await page.waitForURL(`**${base}glossary/#overlay`);

    await page.goto("errors/");
    await page.getByLabel("What does your terminal say?").fill("error: infinite recursion encountered");
    await page.getByRole("link", { name: "A value that needs itself" }).first().waitFor();

    await page.goto("generate/");
    await page.locator("generate-form[data-ready]").waitFor();
    await page.getByRole("textbox", { name: "Your requirements, as text" }).fill("flask==2.1.2\n");
    await page.getByRole("tree", { name: "Outputs of the flake" }).getByRole("treeitem").first().waitFor();

    await page.goto("lab/04-every-system/#exercise-04-1-one-more-machine");
    await page
      .getByRole("treeitem", { name: /devShells/ })
      .first()
      .waitFor();
    await page.locator("#lab-exercise-04-1-one-more-machine").getByRole("button", { name: "Check" }).click();
    await page.getByText("1 of 2 hold.").waitFor();
    await page.getByRole("button", { name: "Open a terminal" }).click();
    await page.getByRole("textbox", { name: "Terminal input" }).waitFor();

    await page.goto("lessons/direnv/");
    const clone = (await page.locator(".clone-line code").innerText()).replace(/^git clone /, "");
    assert.equal(clone, `${server.url}${base}examples/07-direnv.git`);
    const { stdout } = await promisify(execFile)("git", ["ls-remote", clone], { timeout: 60_000 });
    assert.match(stdout, /\trefs\/tags\/lesson-07$/m);
    assert.deepEqual(problems, []);
  } finally {
    await browser.close();
    await server.close();
  }
});

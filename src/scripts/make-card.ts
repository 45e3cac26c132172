/**
 * Draws `public/card.png`, which other sites show beside a link to this one, from the mark and the colours and typefaces of
 * the site in the dark. Run it by hand when one of them changes: its bytes depend on the fonts of the machine.
 */
import { readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { chromium } from "playwright";

const root = resolve(import.meta.dirname, "../..");
const read = (file: string) => readFileSync(join(root, file), "utf8");
const size = { width: 1200, height: 630 };

const browser = await chromium.launch({ executablePath: process.env["CHROMIUM_PATH"], args: ["--no-sandbox"] });
const page = await browser.newPage({ viewport: size });
await page.setContent(`<!doctype html>
<html data-theme="dark">
  <style>
    ${read("src/styles/tokens.css")}
    body { box-sizing: border-box; display: flex; align-items: center; gap: 50px; height: ${size.height}px; margin: 0;
      padding: 0 60px; background: var(--paper); color: var(--ink); font: 34px/1.4 var(--sans); }
    svg { flex: none; width: 400px; height: 400px; }
    h1 { margin: 0 0 24px; font: 600 84px/1.05 var(--serif); letter-spacing: -0.012em; }
    p { margin: 0; color: var(--soft); }
  </style>
  ${read("public/favicon.svg")}
  <div><h1>Flakes for Snakes</h1><p>Nix flakes for Python developers:<br>from requirements.txt to flake.nix</p></div>
</html>`);
await page.screenshot({ path: join(root, "public/card.png") });
await browser.close();

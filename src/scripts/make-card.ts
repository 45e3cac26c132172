/** Draws `public/card.png`, which other sites show beside a link to this one. Run it by hand when the mark changes. */
import { readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { chromium } from "playwright";

const root = resolve(import.meta.dirname, "../..");
const mark = readFileSync(join(root, "public/favicon.svg"), "utf8").replace("<svg ", '<svg width="400" height="400" ');
const size = { width: 1200, height: 630 };

const browser = await chromium.launch({ executablePath: process.env["CHROMIUM_PATH"], args: ["--no-sandbox"] });
const page = await browser.newPage({ viewport: size });
await page.setContent(`<!doctype html>
<style>
  body { display: flex; align-items: center; gap: 50px; width: ${size.width}px; height: ${size.height}px; margin: 0;
    padding: 0 60px; box-sizing: border-box; background: #10161c; color: #dde5ec; font: 34px/1.4 sans-serif; }
  h1 { margin: 0 0 24px; font: 600 84px/1.05 "Liberation Serif", serif; letter-spacing: -0.01em; }
  p { margin: 0; color: #9cadbb; }
</style>
${mark}<div><h1>Flakes for Snakes</h1><p>Nix flakes for Python developers:<br>from requirements.txt to flake.nix</p></div>`);
await page.screenshot({ path: join(root, "public/card.png") });
await browser.close();

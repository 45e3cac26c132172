import mdx from "@astrojs/mdx";
import sitemap from "@astrojs/sitemap";
import { satteri } from "@astrojs/markdown-satteri";
import { defineConfig } from "astro/config";
import { zlibPlugin } from "./src/islands/terminal/zlib-plugin.ts";
import { fencesToComponents } from "./src/lessons/fence-plugin.ts";
import { base, origin, outDir, published } from "./src/publication.ts";

/** Whether a page is in the sitemap: those that ask search engines not to list them (`listed` of the layout) are not. */
const isListed = (page) => !/^(search|lab|progress)\//.test(new URL(page).pathname.slice(base.length));

export default defineConfig({
  site: origin,
  base,
  outDir,
  integrations: [mdx(), ...(published ? [sitemap({ filter: isListed })] : [])],
  markdown: {
    processor: satteri({ mdastPlugins: [fencesToComponents] }),
    syntaxHighlight: false,
  },
  trailingSlash: "always",
  // The Content-Security-Policy in public/_headers allows nothing inline.
  build: { inlineStylesheets: "never" },
  vite: {
    plugins: [zlibPlugin],
    build: {
      assetsInlineLimit: 0,
      // Astro marks each lesson with a directive of its own, of which the bundler would warn.
      rolldownOptions: {
        checks: { moduleLevelDirective: false },
        // What many islands share is small: a file for each would be one request for each.
        output: {
          codeSplitting: { groups: [{ name: "shared", test: /\/islands\/(?:address|dom)\.ts$/ }] },
        },
      },
    },
  },
  devToolbar: { enabled: false },
});

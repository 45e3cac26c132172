import mdx from "@astrojs/mdx";
import { satteri } from "@astrojs/markdown-satteri";
import { defineConfig } from "astro/config";
import { zlibPlugin } from "./src/islands/terminal/zlib-plugin.ts";
import { fencesToComponents } from "./src/lessons/fence-plugin.ts";
import { base, origin, outDir } from "./src/publication.ts";

export default defineConfig({
  site: origin,
  base,
  outDir,
  integrations: [mdx()],
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
      rolldownOptions: { checks: { moduleLevelDirective: false } },
    },
  },
  devToolbar: { enabled: false },
});

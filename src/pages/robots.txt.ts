/** Everybody may read everything; the sitemap is named where there is one. */
import { published, wholeAddress } from "../publication.ts";

export const GET = (): Response =>
  new Response(`User-agent: *\nAllow: /\n${published ? `Sitemap: ${wholeAddress("/sitemap-index.xml")}\n` : ""}`);

/** What is done to the HTML of every page, at the build and by the author's server alike. */
import { defineMiddleware } from "astro:middleware";
import { withBase } from "./links.ts";
import { base } from "./publication.ts";

export const onRequest = defineMiddleware(async (_, next) => {
  const response = await next();
  if (base === "/" || !response.headers.get("content-type")?.startsWith("text/html")) return response;
  return new Response(withBase(await response.text(), base), response);
});

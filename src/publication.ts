/** Where the site is published: what `npm run build` takes from its environment, read here and nowhere else. */
import { resolve } from "node:path";

/** The site's origin, for addresses that must be whole: canonical links, feed, sitemap. `.example` can never be somebody's. */
export const origin = new URL(process.env["SITE"] ?? "https://flakes-for-snakes.example").origin;

/**
 * Whether the environment says where the site will stand. Without it, what is nothing without whole addresses is left out:
 * canonical links, the card, the feed, the sitemap.
 */
export const published = process.env["SITE"] !== undefined;

/** The path under which the site stands, with a slash at both ends: `/`, or `/flakes/`. */
export const base = `/${process.env["BASE"] ?? ""}/`.replace(/\/{2,}/g, "/");

/** The whole address of a path of the site that starts with a slash; where the origin is not known, without it. */
export const wholeAddress = (path: string): string => (published ? origin : "") + base + path.slice(1);

/** The folder that the build fills. */
export const outDir = resolve(process.env["OUT"] ?? "dist");

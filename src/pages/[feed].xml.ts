/**
 * The lessons as an RSS feed, the newest number first. A feed's links must be whole, so there is one only where the site's
 * origin is known. Lessons have no dates: an item is new when its address is.
 */
import rss from "@astrojs/rss";
import { published, wholeAddress } from "../publication.ts";
import { unmarked } from "../structured-data.ts";
import { getLessons } from "../walk.ts";

export const getStaticPaths = () => (published ? [{ params: { feed: "feed" } }] : []);

export async function GET(): Promise<Response> {
  const lessons = await getLessons();
  return rss({
    title: "Flakes for Snakes",
    description: "Nix flakes for Python developers, lesson by lesson.",
    site: wholeAddress("/"),
    xmlns: { atom: "http://www.w3.org/2005/Atom" },
    customData: `<language>en</language><atom:link href="${wholeAddress("/feed.xml")}" rel="self" type="application/rss+xml"/>`,
    items: lessons.toReversed().map(({ number, title, summary, href, chapter }) => ({
      title: `${number}. ${title}`,
      description: unmarked(summary),
      link: wholeAddress(href),
      categories: [chapter.title],
    })),
  });
}

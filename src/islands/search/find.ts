/** Asks the index that Pagefind made of the site. It is fetched with the first question. */

import { addressOf } from "../address.ts";
import { element } from "../dom.ts";
import { knownErrors } from "../errors/known-errors.ts";
import { recognise } from "../errors/recognise.ts";

/** A page or an entry that fits, best first. */
export interface Found {
  readonly href: string;
  readonly title: string;
  /** The part of the site: `Lesson 7`, `Glossary`. */
  readonly kind: string;
  /** Where in the page: the heading above what fits best. */
  readonly section: string | undefined;
  /** HTML, of which only `<mark>` is more than text. */
  readonly excerpt: string;
}

/** The part of Pagefind's interface that is used: https://pagefind.app/docs/api/. */
interface Pagefind {
  options(options: object): Promise<void>;
  destroy(): Promise<void>;
  search(words: string): Promise<{ results: { id: string; score: number; data: () => Promise<Fragment> }[] }>;
}

interface Part {
  url: string;
  title?: string;
  excerpt: string;
  weighted_locations: { balanced_score: number }[];
}

interface Fragment extends Part {
  meta: Record<string, string>;
  sub_results: Part[];
}

const most = 8;

/** Words that a question has and an answer need not have. */
const fillers = new Set(
  "a an and are as at be but by can did do does for from get has have how i if in is it its me my not of on or should so that the their there this to use using want was we what when where which why will with you your".split(
    " ",
  ),
);

/** The words of a question that say what it is about; all of them, where there are no others. */
function wordsOf(question: string): string[] {
  const words = question.toLowerCase().match(/[\p{L}\p{N}][\p{L}\p{N}._-]*(?<![._-])/gu) ?? [];
  const telling = words.filter((word) => !fillers.has(word));
  // `python3.withPackages` may stand in a text as `ps.withPackages`.
  return [...new Set((telling.length > 0 ? telling : words).flatMap((word) => [word, ...word.split(/[._-]+/)]))];
}

/** What a terminal said has colons and quotes. Other questions want what explains, and the errors after it. */
const saidByTerminal = /[:'"`]|\berror\b/i;
const isError = ({ href }: Found): boolean => href.includes("/errors/#");

/** The entry of an error that the museum knows. Its own patterns find it; words of the index would only come near. */
async function findError(question: string): Promise<Found | undefined> {
  const [known] = recognise(question, await knownErrors());
  if (known === undefined) return undefined;
  const { id, title, text } = known.entry;
  const excerpt = element("div", {}, text.split("\n")[0]).innerHTML;
  return { href: addressOf(`/errors/#${id}`), title, kind: "Error museum", section: undefined, excerpt };
}

let loading: Promise<Pagefind> | undefined;

async function load(): Promise<Pagefind> {
  const pagefind = (await import(/* @vite-ignore */ `${import.meta.env.BASE_URL}pagefind/pagefind.js`)) as Pagefind;
  // Tuned with `tests/site/search-questions.ts`: entries are short, which should not count for more than what they say.
  await pagefind.options({ excerptLength: 22, ranking: { pageLength: 0.6, metaWeights: { title: 5, words: 5 } } });
  return pagefind;
}

/**
 * The best answers to a question. Pagefind gives only what has all words; of a question few pages have all. So each word is
 * asked by itself, and a page counts for what it has.
 * @throws Error where the index cannot be fetched; the next call tries again.
 */
export async function find(question: string): Promise<Found[]> {
  const asked = (loading ??= load());
  try {
    const found = await askPagefind(await asked, wordsOf(question));
    if (saidByTerminal.test(question)) {
      const error = await findError(question);
      return error === undefined ? found : [error, ...found.filter(({ href }) => href !== error.href)];
    }
    return [...found.filter((each) => !isError(each)), ...found.filter(isError)];
  } catch (error) {
    // Pagefind keeps what it failed to fetch.
    if (loading === asked) loading = undefined;
    await asked.then((pagefind) => pagefind.destroy()).catch(() => undefined);
    throw error;
  }
}

async function askPagefind(pagefind: Pagefind, words: string[]): Promise<Found[]> {
  const answers = await Promise.all(words.map((word) => pagefind.search(word)));
  const scores = new Map<string, { score: number; matched: number; data: () => Promise<Fragment> }>();
  for (const { results } of answers)
    for (const { id, score, data } of results) {
      const before = scores.get(id) ?? { score: 0, matched: 0, data };
      scores.set(id, { score: before.score + score, matched: before.matched + 1, data });
    }
  const weigh = ({ score, matched }: { score: number; matched: number }) => (score * matched) / words.length;
  const best = [...scores.values()].sort((a, b) => weigh(b) - weigh(a)).slice(0, most);
  return (await Promise.all(best.map(({ data }) => data()))).map(foundOf);
}

function foundOf({ meta, sub_results: parts, ...whole }: Fragment): Found {
  const weight = (part: Part) => part.weighted_locations.reduce((sum, { balanced_score }) => sum + balanced_score, 0);
  const best = parts.reduce<Part>((best, part) => (weight(part) > weight(best) ? part : best), parts[0] ?? whole);
  const title = meta["title"] ?? best.url;
  return {
    href: best.url,
    title,
    kind: meta["kind"] ?? "",
    section: best.title === title ? undefined : best.title,
    excerpt: best.excerpt,
  };
}

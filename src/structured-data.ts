/** What pages say of themselves to search engines, in the words of https://schema.org (JSON-LD). */
import { wholeAddress } from "./publication.ts";
import type { WrittenLesson } from "./walk.ts";

type Thing = Readonly<Record<string, unknown>>;

const ccBy = "https://creativecommons.org/licenses/by/4.0/";
const name = "Flakes for Snakes";
const authors: Thing = { "@type": "Organization", name: `the authors of ${name}`, url: wholeAddress("/") };
const credit =
  "Finishes what the post “Nix for Python, attempt number 1” (16 May 2023) began. " +
  "The contacts app is inspired by contact-app, the example of the book Hypermedia Systems.";

/** Text in which backticks make code, without them. */
export const unmarked = (text: string): string => text.replaceAll("`", "");

export const siteData: Thing = {
  "@type": "WebSite",
  name,
  description: "Nix flakes, step by step, for people who write Python.",
  url: wholeAddress("/"),
  inLanguage: "en",
  license: ccBy,
  potentialAction: {
    "@type": "SearchAction",
    target: wholeAddress("/search/?q={search_term_string}"),
    "query-input": "required name=search_term_string",
  },
};

/** The walk as a whole. */
const course: Thing = {
  "@type": "Course",
  "@id": `${wholeAddress("/lessons/")}#course`,
  name,
  description: "From a first flake to a packaged Python app with exactly the packages of its requirements.txt.",
  url: wholeAddress("/lessons/"),
  provider: authors,
};

export const courseData = (lessons: readonly WrittenLesson[]): Thing => ({
  ...course,
  inLanguage: "en",
  isAccessibleForFree: true,
  license: ccBy,
  creditText: credit,
  hasPart: lessons.map(({ title, number, href }) => ({
    "@type": "LearningResource",
    name: title,
    position: number,
    url: wholeAddress(href),
  })),
});

export const lessonData = ({ number, title, summary, minutes, learned, href }: WrittenLesson): Thing => ({
  "@type": ["LearningResource", "TechArticle"],
  name: title,
  headline: title,
  description: unmarked(summary),
  url: wholeAddress(href),
  inLanguage: "en",
  learningResourceType: "lesson",
  educationalLevel: "Beginner",
  timeRequired: `PT${minutes}M`,
  position: number,
  teaches: learned.map(unmarked),
  author: authors,
  creditText: credit,
  license: ccBy,
  isAccessibleForFree: true,
  isPartOf: course,
});

/** The site for language models, as https://llmstxt.org proposes: what there is, with addresses of plain text. */
import { plainAddress } from "../plain-lesson.ts";
import { wholeAddress } from "../publication.ts";
import { getWalk } from "../walk.ts";

export async function GET(): Promise<Response> {
  const walk = await getWalk();
  const chapters = walk.map(({ chapter, lessons }) =>
    [
      `## ${chapter.title}`,
      chapter.about,
      lessons.map(({ title, href, summary }) => `- [${title}](${plainAddress(href)}): ${summary}`).join("\n"),
    ].join("\n\n"),
  );
  const text = [
    "# Flakes for Snakes",
    "> Nix flakes for Python developers: from a requirements.txt to a flake.nix that gives exactly those packages. Real Nix evaluates every example.",
    "Each lesson below is plain Markdown, with its files, its terminal transcripts and its exercises. The words are CC BY 4.0, the code is MIT.",
    ...chapters,
    "## Optional",
    [
      `- [Error museum](${wholeAddress("/errors/")}): errors of Nix, devenv, direnv, pip and uv, what they mean and what to do`,
      `- [Glossary](${wholeAddress("/glossary/")}): the words of Nix that the lessons use`,
      `- [Options](${wholeAddress("/options/")}): devenv's options for Python, with types and defaults`,
      `- [Examples](${wholeAddress("/examples/")}): a repository for each lesson, and how it was checked`,
      `- [Generator](${wholeAddress("/generate/")}): makes a flake from a list of requirements`,
      `- [Command line](${wholeAddress("/cli/flakes.mjs")}): the generator and a Nix evaluator for Node 22, in one file`,
    ].join("\n"),
    "",
  ].join("\n\n");
  return new Response(text);
}

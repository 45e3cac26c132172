/** What the components of lessons print in plain Markdown; each by the name of the component of the page. */
import { generatorLink } from "./components/generator-link.ts";
import { givenCaption, givenVersions } from "./components/given-versions.ts";
import {
  fenced,
  findLines,
  languageOf,
  linesOf,
  quoted,
  readExampleFile,
  tableOf,
  unifiedDifference,
  type PrintComponent,
} from "#lessons";
import { wholeAddress } from "./publication.ts";
import type { WrittenLesson } from "./walk.ts";
import { groundsOf, questions, type Way } from "./ways.ts";

/** The components of one lesson. `mention` is told of each glossary term. */
export function plainComponents(
  { file, example = "", from = "" }: WrittenLesson,
  ways: readonly Way[],
  mention: (term: string) => void,
): Record<string, PrintComponent> {
  const read = (path: string, of = example): string => {
    const text = readExampleFile(of, path);
    if (text === undefined) throw new Error(`${file}: there is no file 'examples/${of}/${path}'`);
    return text;
  };
  return {
    Note: (_, content) => quoted("Note", content),
    Post: (_, content) => quoted("The 2023 post", content),
    Then: ({ year }, content) => quoted(`In ${year}`, content),
    Trouble: ({ title = "" }, content) => quoted(title, content),
    Term: ({ id = "" }, content) => {
      mention(id);
      return content;
    },
    Step: ({ at, through }, content) => `${fenced("nix", part(read("flake.nix"), at, through))}\n\n${content}`,
    Changes: ({ file: path = "flake.nix" }) =>
      `\`${path}\`, changed since ${from}:\n\n${differenceOf(path, readExampleFile(from, path) ?? "", read(path))}`,
    ExampleFile: ({ path = "", from: at, through, example: of }) => {
      const text = read(path, of);
      const shown = at === undefined && through === undefined ? text : part(text, at, through);
      return `\`${of === undefined ? path : `${of}/${path}`}\`:\n\n${fenced(languageOf(path), shown)}`;
    },
    Generator: ({ approach = "" }) =>
      `## With your own list\n\nThe generator writes a flake of this kind for your \`requirements.txt\`: <${wholeAddress(generatorLink(example, approach))}>`,
    GivenVersions: () => {
      const rows = givenVersions(read("requirements.txt"));
      const table = tableOf(
        ["package", "pinned", "nixpkgs"],
        rows.map(({ name, pinned, given, same }) => [name, pinned, same ? `${given} the same` : given]),
      );
      return `${table}\n\n${givenCaption}`;
    },
    Ways: () =>
      tableOf(
        ["way", ...Object.values(questions)],
        ways.map(({ name, recommended, answers }) => [
          recommended ? `${name} (recommended)` : name,
          ...answers.map(({ answer }) => answer),
        ]),
      ),
    Claims: () => ways.map(claimsOf).join("\n\n"),
  };
}

/** A difference as a fenced block. */
export const differenceOf = (path: string, before: string, after: string): string =>
  fenced("diff", unifiedDifference(path, before, after));

/** Lines of a file, from its first line where `at` is left out, without the margin that all of them have. */
function part(text: string, at: string | undefined, through: string | undefined): string {
  const { first, last } = findLines(text, at ?? linesOf(text)[0] ?? "", through);
  const lines = linesOf(text).slice(first - 1, last);
  const margin = Math.min(...lines.filter((line) => line.trim() !== "").map((line) => line.search(/\S/)));
  return lines.map((line) => line.slice(margin)).join("\n");
}

function claimsOf(way: Way): string {
  const claims = way.answers.map(({ question, answer, text, source, date }) => {
    const seen = date === undefined ? "" : `, ${date}`;
    return `- ${questions[question]}: ${answer}. ${text} <${source.startsWith("/") ? wholeAddress(source) : source}>${seen}`;
  });
  const { number, title } = way.lesson;
  return `### ${way.name}\n\nLesson ${number}: ${title}. ${groundsOf(way)}\n\n${claims.join("\n")}`;
}

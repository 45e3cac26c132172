import { glob } from "astro/loaders";
import { z } from "astro/zod";
import { defineCollection, reference } from "astro:content";
import { chapters } from "./chapters.ts";
import { errorTools } from "./error-tools.ts";
import { exerciseSchema } from "#exercises/schema";
import { listExamples } from "#lessons";

const example = z.string().refine((name) => listExamples().includes(name), {
  error: ({ input }) => `there is no folder 'examples/${String(input)}'`,
});

const lessons = defineCollection({
  loader: glob({
    base: "content/lessons",
    pattern: "*.mdx",
    generateId: ({ entry }) => entry.replace(/^\d+-|\.mdx$/g, ""),
  }),
  schema: z.strictObject({
    number: z.int().min(0),
    title: z.string().max(60),
    chapter: z.enum(chapters.map(({ id }) => id)),
    summary: z.string(),
    minutes: z.int().positive(),
    example: example.optional(),
    from: z.literal("none").or(example).optional(),
    panel: z.boolean().default(true),
    learned: z.array(z.string()).length(3),
    search: z.array(z.string()).optional(),
  }),
});

const glossary = defineCollection({
  loader: glob({ base: "content/glossary", pattern: "*.md" }),
  schema: z.strictObject({ term: z.string(), also: z.array(z.string()).optional() }),
});

const claim = z.strictObject({
  rating: z.enum(["good", "partly", "poor"]),
  answer: z.string().max(16),
  text: z.string(),
  /** An address, or a page of this site that shows it. */
  source: z.url().or(z.string().startsWith("/")),
  /** The day on which the source said so. */
  date: z.iso.date(),
});

const ways = defineCollection({
  loader: glob({ base: "content/ways", pattern: "*.json" }),
  schema: z.strictObject({
    name: z.string(),
    lesson: z.int().min(0),
    decides: z.string(),
    same: claim,
    wheels: claim,
    editable: claim,
    downloads: claim,
    tool: claim,
    // Without a claim, the promises of the lesson's example answer these two.
    versions: claim.optional(),
    macos: claim.optional(),
  }),
});

const exercises = defineCollection({
  loader: glob({ base: "content/exercises", pattern: "*.toml" }),
  schema: exerciseSchema.extend({ example }),
});

const pattern = z.string().refine((source) => isPattern(source), { error: "this is no regular expression" });

/** The error museum. The body says what to do. */
const errors = defineCollection({
  loader: glob({ base: "content/errors", pattern: "*.md" }),
  schema: z
    .strictObject({
      title: z.string().max(70),
      tool: z.enum(errorTools.map(({ id }) => id)),
      /** As people see it, word for word. */
      text: z.string(),
      patterns: z.array(pattern).nonempty(),
      means: z.string(),
      why: z.string(),
      lesson: reference("lessons"),
      /** How a test gets the error from real Nix: commands, or an expression that our evaluator answers alike. */
      reproduce: z
        .strictObject({
          in: z.enum(["empty", "new-machine"]).or(example),
          inputs: z.enum(["real", "stand-ins"]),
          run: z.string().optional(),
          expression: z.string().optional(),
        })
        .refine(({ run, expression }) => (run === undefined) !== (expression === undefined), {
          error: "give 'run' or 'expression'",
        })
        .optional(),
      notRun: z.string().optional(),
    })
    .refine(({ reproduce, notRun }) => (reproduce === undefined) !== (notRun === undefined), {
      error: "give 'reproduce', or say in 'notRun' why not",
    }),
});

function isPattern(source: string): boolean {
  try {
    return RegExp(source) !== undefined;
  } catch {
    return false;
  }
}

export const collections = { errors, lessons, glossary, ways, exercises };

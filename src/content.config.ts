import { glob } from "astro/loaders";
import { z } from "astro/zod";
import { defineCollection } from "astro:content";
import { chapters } from "./chapters.ts";
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
    learned: z.array(z.string()).length(3),
  }),
});

const glossary = defineCollection({
  loader: glob({ base: "content/glossary", pattern: "*.md" }),
  schema: z.strictObject({ term: z.string(), also: z.array(z.string()).optional() }),
});

export const collections = { lessons, glossary };

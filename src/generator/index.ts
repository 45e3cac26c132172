export {
  approachIds,
  choices,
  defaultChoices,
  pythonsFor,
  type ApproachId,
  type Choice,
  type ChoiceId,
  type Choices,
} from "./choices.ts";
export { generate, generateInSteps, type Generated, type GeneratedFile } from "./generate.ts";
export { notesInWords } from "./hash-notes.ts";
export { fromFragment, toFragment, type LinkState } from "./link.ts";
export type { Input, NeededFile, Note } from "./plan.ts";
export { presets, type Preset } from "./presets.ts";
export type { Recommendation } from "./recommend.ts";
export type { TableRow } from "./table.ts";

/** An exercise as the lab loads it. */
import type { Check, ExerciseText } from "./schema.ts";

/** A run of lines of a difference: those before and those after, with their numbers. */
export interface PrintedBlock {
  readonly kind: "same" | "change";
  readonly old: readonly PrintedLine[];
  readonly new: readonly PrintedLine[];
}

export type PrintedLine = readonly [number: number, text: string];

export interface LabExercise extends Pick<ExerciseText, "title" | "task" | "start"> {
  readonly id: string;
  /** The lesson's number and address. */
  readonly lesson: { readonly number: number; readonly href: string };
  readonly checks: readonly Check[];
  readonly solution: {
    readonly files: readonly { readonly file: string; readonly hunks: readonly (readonly PrintedBlock[])[] }[];
    readonly add: readonly string[];
  };
}

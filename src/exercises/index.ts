export { answered, startOf, type Work } from "./answer.ts";
export { judge, roundsOf, type CheckOutcome, type Verdict } from "./judge.ts";
export type { LabExercise, PrintedBlock } from "./lab-exercise.ts";
export type { Answer, ExerciseText } from "./schema.ts";
export { withTools } from "./tools.ts";

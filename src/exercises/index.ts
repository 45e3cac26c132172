export { answered, applyChanges, startOf, type Work } from "./answer.ts";
export { judge, roundsOf, type CheckOutcome, type Round, type Verdict } from "./judge.ts";
export type { Answer, Change, Check, ExerciseText } from "./schema.ts";
export { withTools } from "./tools.ts";

export { evaluateMarker, printMarker } from "./marker.ts";
export type { Reading, Requirement, Source } from "./model.ts";
export { read, type Files } from "./read.ts";
export { printSpecifiers } from "./specifiers.ts";

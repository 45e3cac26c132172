export { compareFiles, type DifferenceBlock } from "./difference.ts";
export { listExampleFiles, listExamples, readExampleFile } from "./examples.ts";
export { findFences, type Fence } from "./fences.ts";
export { escapeHtml, highlight, languageOf } from "./highlight.ts";
export { findLines, linesOf, type LineRange } from "./lines.ts";
export {
  notRunReasons,
  parseTerminalMeta,
  parseTranscript,
  type NotRunReason,
  type TerminalMeta,
  type TranscriptCommand,
} from "./transcript.ts";

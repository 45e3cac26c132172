export { compareFiles, unifiedDifference, type DifferenceBlock } from "./difference.ts";
export { listExampleFiles, listExamples, readExampleFile } from "./examples.ts";
export { findFences, type Fence } from "./fences.ts";
export { escapeHtml, highlight, languageOf } from "./highlight.ts";
export { findLines, linesOf, type LineRange } from "./lines.ts";
export { fenced, plainMarkdown, quoted, tableOf, withAddresses, type PrintComponent } from "./plain-markdown.ts";
export {
  checkedWords,
  notRunReasons,
  parseTerminalMeta,
  parseTranscript,
  type NotRunReason,
  type TerminalMeta,
  type TranscriptCommand,
} from "./transcript.ts";

export { findFences, type Fence } from "./fences.ts";
export {
  notRunReasons,
  parseTerminalMeta,
  parseTranscript,
  type NotRunReason,
  type TerminalMeta,
  type TranscriptCommand,
} from "./transcript.ts";

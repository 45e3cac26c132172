import type { Host } from "#nix";

/** What a command runs on. As in `Host`, all texts are byte strings, and paths are absolute. */
export interface System extends Host {
  /** The current folder. */
  readonly cwd: string;
  /** Whether the output goes to a terminal: JSON is indented there, and lines about progress are left out. */
  readonly terminal?: boolean;
  stdout(text: string): void;
  stderr(text: string): void;
  /** All that stands on the standard input. */
  readStdin(): string;
  /**
   * Called where the stack of the JavaScript engine was full before Nix's own limit was reached: runs the command line
   * once more with more of it. What was written by then must not be written again. Gives the exit status.
   */
  runDeeper?(): number;
  /** Writes a file, in place of one that may be there. */
  replaceFile?(path: string, contents: string): void;
  /** Writes a new file, with the folders above it. Without it, commands that write say that they cannot. */
  writeFile?: (path: string, contents: string, executable: boolean) => void;
}

/** What a terminal needs of a shell. The shell of the page and the one of the sandbox both are one. */

/** Where a line's output goes, and what stops it. */
export interface Streams {
  /** Takes output as it comes, both streams in one. Lines end with `\n`. */
  readonly write: (text: string) => void;
  /** Stops what runs, as Ctrl-C does. */
  readonly signal: AbortSignal;
}

/** What can stand in the place of the word that is being typed. */
export interface Completion {
  /** Where that word starts in the text. */
  readonly from: number;
  /** The whole words that fit, as they are to be typed; a folder ends with `/`. */
  readonly words: readonly string[];
}

export interface Shell {
  /** What is run here and what is not: the terminal's first lines. */
  readonly greeting: string;
  /** The folder in which the next line runs, absolute. */
  readonly folder: string;
  /** Where `~` is. */
  readonly home: string;
  /** Whether a text is the beginning of a command only, such as an open quote. */
  needsMore(text: string): boolean;
  /** Runs a line and gives its exit status; 130 where it was stopped. Never rejects. */
  run(line: string, streams: Streams): Promise<number>;
  /** Hands on what is typed while a line runs; where it is left out, that waits for the next line. */
  input?(text: string): void;
  /** The words that can stand at the end of a text; the signal ends an evaluation that looks for them. */
  complete(text: string, signal?: AbortSignal): Promise<Completion>;
}

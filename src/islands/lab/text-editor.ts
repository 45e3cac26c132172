/** What the lab asks of an editor. CodeMirror gives it, and a textarea where CodeMirror cannot load. */

/** Something to mark in a text. Lines and columns count from 1. */
export interface Problem {
  readonly line: number;
  readonly column: number;
  readonly length: number;
  readonly message: string;
}

export interface TextEditor {
  readonly element: HTMLElement;
  /** Shows a file; what was edited in it before can still be undone. */
  open(path: string, text: string): void;
  /** Takes a text that came from elsewhere into the file in view. */
  replace(text: string): void;
  /** Forgets what it knew of a file that was changed elsewhere. */
  forget(path: string): void;
  /** Marks what is wrong in the file in view. */
  mark(problems: readonly Problem[]): void;
  goTo(line: number, column: number): void;
  focus(): void;
}

/** What an editor tells and asks. */
export interface EditorHost {
  edited(path: string, text: string): void;
  /** The names that can stand at an offset; none where they cannot be found out. */
  readonly complete: (
    path: string,
    text: string,
    offset: number,
  ) => Promise<{ from: number; names: readonly string[] } | undefined>;
}

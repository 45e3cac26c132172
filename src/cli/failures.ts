import { NixError } from "#nix";

/** A command line that the command does not understand; Nix adds a line about `--help` to its text. */
export class UsageError extends NixError {
  constructor(message: string, suggestions: string[] = []) {
    super("eval", message);
    this.suggestions = suggestions;
  }
}

/** Any other refusal of a command. */
export function refusal(message: string): NixError {
  return new NixError("eval", message);
}

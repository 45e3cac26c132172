/** Notes about hashes that the reader has to fill in: one a package, told to people as one for all. */
import type { Note } from "./plan.ts";
import type { Requirement } from "#requirements";

/** The note for one package. */
export function hashNote({ name, hashes, file, line }: Requirement): Note {
  const among = hashes.length === 0 ? "" : ` It is one of the ${hashes.length} hashes of the line.`;
  return {
    kind: "hash",
    message: `${name} evaluates; it does not build until its hash is filled in`,
    help: `Build once: Nix prints the right hash behind 'got:'.${among} Put it in place of 'lib.fakeHash'.`,
    package: name,
    file,
    line,
  };
}

/** A sentence with more names in it is not read. */
const mostNamed = 20;

/** Notes as people read them: where several packages lack their hash, that is said once, and names them. */
export function notesInWords(notes: readonly Note[]): Note[] {
  const hashes = notes.filter(({ kind }) => kind === "hash");
  if (hashes.length < 2) return [...notes];
  const more = hashes.length - mostNamed;
  const named = hashes.slice(0, mostNamed).map((each) => each.package);
  const names = `${named.join(", ")}${more > 0 ? ` and ${more} more` : ""}`;
  const all: Note = {
    kind: "hash",
    message: `${names} evaluate; they do not build until their hashes are filled in`,
    help: "Run 'nix build --keep-going': Nix prints the right hash of each behind 'got:'. Put it in place of its 'lib.fakeHash'.",
  };
  return notes.flatMap((note) => (note === hashes[0] ? [all] : note.kind === "hash" ? [] : [note]));
}

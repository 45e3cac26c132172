import { indexed, packageOf, versionInWords } from "#inputs";

/** A pin of a requirements.txt beside what nixpkgs has of the package. */
export interface GivenVersion {
  name: string;
  pinned: string;
  /** The version in nixpkgs in words: a fact with its day, or "about". */
  given: string;
  same: boolean;
}

/**
 * What nixpkgs gives for the lines `NAME==VERSION` of a requirements.txt, in their order. Comments and empty lines are
 * passed over.
 * @throws Error naming the line that is no pin, or whose package the index does not have.
 */
export function givenVersions(requirements: string): GivenVersion[] {
  const lines = requirements.split("\n").map((line) => line.replace(/\s*#.*/, "").trim());
  return lines
    .filter((line) => line !== "")
    .map((line) => {
      const [, name = "", pinned = ""] = /^([\w.-]+)==([\w.+!-]+)$/.exec(line) ?? [];
      if (name === "") throw new Error(`'${line}' is no pin of the form NAME==VERSION`);
      const found = packageOf(name);
      if (found === undefined) throw new Error(`the index of nixpkgs has no package '${name}'`);
      return { name, pinned, given: versionInWords(found), same: found.seen?.version === pinned };
    });
}

/** Which nixpkgs the words speak of. */
export const given = { branch: `nixos-${indexed.release}`, day: indexed.day };

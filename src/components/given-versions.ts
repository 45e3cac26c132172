import { indexed, packageOf, versionInWords } from "#inputs";

/** A line `NAME==VERSION` of a requirements.txt. */
export interface Pin {
  name: string;
  pinned: string;
}

/** A pin of a requirements.txt beside what nixpkgs has of the package. */
export interface GivenVersion extends Pin {
  /** The version in nixpkgs in words: a fact with its day, or "about". */
  given: string;
  same: boolean;
}

/**
 * The pins of a requirements.txt, in their order and spelling. Comments and empty lines are passed over.
 * @throws Error naming the line that is no pin.
 */
export function pinsIn(requirements: string): Pin[] {
  const lines = requirements.split("\n").map((line) => line.replace(/\s*#.*/, "").trim());
  return lines
    .filter((line) => line !== "")
    .map((line) => {
      const [, name = "", pinned = ""] = /^([\w.-]+)==([\w.+!-]+)$/.exec(line) ?? [];
      if (name === "") throw new Error(`'${line}' is no pin of the form NAME==VERSION`);
      return { name, pinned };
    });
}

/**
 * What nixpkgs gives for each pin of a requirements.txt.
 * @throws Error naming the line that is no pin, or whose package the index does not have.
 */
export function givenVersions(requirements: string): GivenVersion[] {
  return pinsIn(requirements).map(({ name, pinned }) => {
    const found = packageOf(name);
    if (found === undefined) throw new Error(`the index of nixpkgs has no package '${name}'`);
    return { name, pinned, given: versionInWords(found), same: found.seen?.version === pinned };
  });
}

/** Which nixpkgs the words speak of, and how to read them. */
export const givenCaption =
  `nixos-${indexed.release} as of ${indexed.day}. In parentheses: a day on which the version was seen. ` +
  "“About”: seen only before or after that time, so it may differ by an update.";

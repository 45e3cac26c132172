/** Git's objects, as far as their hashes need them. See gitformat-pack(5) and git-hash-object(1). */
import { sha1 } from "@noble/hashes/legacy.js";
import { bytesToHex, concatBytes, hexToBytes, utf8ToBytes } from "@noble/hashes/utils.js";
import type { Files } from "../../lab/project.ts";

function hashOf(kind: "blob" | "tree" | "commit", body: Uint8Array): string {
  return bytesToHex(sha1(concatBytes(utf8ToBytes(`${kind} ${body.length}\0`), body)));
}

/** The hash of a file's content. */
export const blobHash = (text: string): string => hashOf("blob", utf8ToBytes(text));

/** The hash of a folder's content; all files are ordinary ones, none executable. */
function treeHash(files: Files): string {
  const entries = new Map<string, string | Map<string, string>>();
  for (const [path, text] of files) {
    const [name = "", ...rest] = path.split("/");
    if (rest.length === 0) entries.set(name, text);
    else {
      const folder = entries.get(name) ?? new Map<string, string>();
      if (folder instanceof Map) entries.set(name, folder.set(rest.join("/"), text));
    }
  }
  const rows = Array.from(entries, ([name, entry]) =>
    entry instanceof Map
      ? { key: `${name}/`, name, mode: "40000", hash: treeHash(entry) }
      : { key: name, name, mode: "100644", hash: blobHash(entry) },
  ).sort((a, b) => compareBytes(a.key, b.key));
  return hashOf(
    "tree",
    concatBytes(...rows.flatMap(({ name, mode, hash }) => [utf8ToBytes(`${mode} ${name}\0`), hexToBytes(hash)])),
  );
}

/** Who made a commit, and when. */
export interface Signature {
  readonly name: string;
  readonly email: string;
  /** In seconds since 1970; the time zone is UTC. */
  readonly time: number;
}

export interface Commit {
  readonly hash: string;
  readonly parent: string | undefined;
  readonly by: Signature;
  /** Without the last line end. */
  readonly message: string;
  readonly files: Files;
}

export function makeCommit(commit: Omit<Commit, "hash">): Commit {
  const { name, email, time } = commit.by;
  const by = `${name} <${email}> ${time} +0000`;
  const lines = [
    `tree ${treeHash(commit.files)}`,
    ...(commit.parent === undefined ? [] : [`parent ${commit.parent}`]),
    `author ${by}`,
    `committer ${by}`,
    "",
    `${commit.message}\n`,
  ];
  return { ...commit, hash: hashOf("commit", utf8ToBytes(lines.join("\n"))) };
}

/** Git sorts paths by their bytes, JavaScript by UTF-16 units. */
export function compareBytes(a: string, b: string): number {
  const [left, right] = [utf8ToBytes(a), utf8ToBytes(b)];
  for (let at = 0; at < Math.min(left.length, right.length); at++)
    if (left[at] !== right[at]) return left[at]! - right[at]!;
  return left.length - right.length;
}

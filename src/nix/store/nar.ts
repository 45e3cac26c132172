import { compareBytes, fromBytes, toBytes } from "../text/bytes.ts";
import { Failure } from "../text/failure.ts";
import { sha256 } from "@noble/hashes/sha2.js";
import { hasDigestOfHost, hashOf, type Hash, type HashAlgorithm } from "./hash.ts";

/** A tree of files as NAR sees it. Names and link targets are byte strings; contents are bytes or a byte string. */
export type FileTree =
  | { readonly type: "regular"; readonly executable?: boolean; readonly contents: Uint8Array | string }
  | { readonly type: "symlink"; readonly target: string }
  | { readonly type: "directory"; readonly entries: ReadonlyMap<string, FileTree> };

/** Nix stops here, so that no tree overflows its stack. */
const deepest = 64;

type Sink = (piece: Uint8Array | string) => void;

function writeNar(tree: FileTree, sink: Sink): void {
  let pending = "";
  const flush = () => {
    if (pending !== "") sink(pending);
    pending = "";
  };
  const text = (value: string) => {
    pending += lengthPrefix(value.length) + value + padding(value.length);
  };
  const node = (at: FileTree, path: string, depth: number): void => {
    if (depth >= deepest) throw new Failure(`path '${path}' exceeds maximum NAR directory depth of ${deepest}`);
    text("(");
    text("type");
    text(at.type);
    if (at.type === "regular") {
      if (at.executable) {
        text("executable");
        text("");
      }
      text("contents");
      if (typeof at.contents === "string") text(at.contents);
      else {
        pending += lengthPrefix(at.contents.length);
        flush();
        sink(at.contents);
        pending += padding(at.contents.length);
      }
    } else if (at.type === "symlink") {
      text("target");
      text(at.target);
    } else {
      for (const [name, child] of [...at.entries].sort(([a], [b]) => compareBytes(a, b))) {
        for (const word of ["entry", "(", "name", name, "node"]) text(word);
        node(child, `${path}/${name}`, depth + 1);
        text(")");
      }
    }
    text(")");
    if (pending.length > 1 << 16) flush();
  };
  text("nix-archive-1");
  node(tree, "", 0);
  flush();
}

/** A length as NAR writes numbers: 64 bits, the lowest byte first. */
function lengthPrefix(length: number): string {
  let text = "";
  for (let i = 0, rest = length; i < 8; i++, rest = Math.floor(rest / 256)) text += String.fromCharCode(rest % 256);
  return text;
}

const padding = (length: number) => "\0".repeat((8 - (length % 8)) % 8);

/** The NAR of a tree: the one serialisation of files, executable bits, links and folders that Nix hashes; a byte string. */
export function serialiseNar(tree: FileTree): string {
  let text = "";
  writeNar(tree, (piece) => (text += typeof piece === "string" ? piece : fromBytes(piece)));
  return text;
}

/**
 * The hash of a tree's NAR. Without a host's own code, SHA-256 is fed in pieces, so that a large tree is never held twice
 * in a page.
 */
export function hashNar(tree: FileTree, algorithm: HashAlgorithm = "sha256"): Hash {
  if (algorithm !== "sha256" || hasDigestOfHost()) return hashOf(algorithm, serialiseNar(tree));
  const state = sha256.create();
  writeNar(tree, (piece) => state.update(typeof piece === "string" ? toBytes(piece) : piece));
  return { algorithm, bytes: state.digest() };
}

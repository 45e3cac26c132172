import { hashOf, isLocked, isNode, isRelative, printHash, printLock, type LockedFlake, type LockNode } from "#nix";
import { indentJson } from "./context.ts";

/**
 * What Nix knows an evaluation of a flake by, in hexadecimal digits: its tree, its lock, its date. `undefined` where an
 * input is not locked, and for a Git tree with changes, whose changes Nix takes into account.
 */
export function fingerprintOf({ locked, lock }: LockedFlake): string | undefined {
  const type = locked.get("type");
  const tree =
    type === "git" ? locked.get("rev") : type === "path" ? `path:${String(locked.get("narHash"))}` : undefined;
  if (tree === undefined || hasUnlocked(lock, new Set())) return undefined;
  let text = `${String(tree)};${String(locked.get("dir") ?? "")};${indentJson(printLock(lock).json)}`;
  for (const name of ["revCount", "lastModified"] as const)
    if (locked.has(name)) text += `;${name}=${String(locked.get(name))}`;
  return printHash(hashOf("sha256", text), "base16");
}

function hasUnlocked(node: LockNode, seen: Set<LockNode>): boolean {
  if (seen.has(node)) return false;
  seen.add(node);
  for (const edge of node.inputs.values()) {
    if (!isNode(edge)) continue;
    const { locked } = edge;
    if ((locked !== undefined && !isRelative(locked) && !isLocked(locked)) || hasUnlocked(edge, seen)) return true;
  }
  return false;
}

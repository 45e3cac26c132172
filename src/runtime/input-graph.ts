import { standInFor } from "#inputs";
import { decodeUtf8, findInput, formatTime, isNode, printLock, sortedInputs, type LockNode } from "#nix";
import type { InputEdge, InputGraph, InputNode } from "./messages.ts";
import { referenceOf, type OpenFlake } from "./warm-evaluation.ts";

/** The inputs that a flake is locked to, and who follows whom. */
export function inputGraph({ locked: { lock }, warm }: OpenFlake): InputGraph {
  const { keys, nodes } = printLock(lock);
  const edges: InputEdge[] = [];
  for (const [key, node] of nodes)
    for (const [name, edge] of sortedInputs(node)) {
      const target = isNode(edge) ? edge : findInput(lock, edge);
      const to = target && keys.get(target);
      if (to === undefined) continue;
      edges.push({
        from: decodeUtf8(key),
        to: decodeUtf8(to),
        name: decodeUtf8(name),
        ...(isNode(edge) ? {} : { follows: decodeUtf8(edge.join("/")) }),
      });
    }
  return { nodes: Array.from(nodes, ([key, node]) => describe(decodeUtf8(key), node, warm.standIns)), edges };
}

function describe(key: string, { locked, isFlake }: LockNode, standIns: OpenFlake["warm"]["standIns"]): InputNode {
  if (locked === undefined) return { key, isFlake, hasStandIn: false };
  const standIn = standInFor(standIns.nodeOf(locked));
  const rev = locked.get("rev");
  const modified = locked.get("lastModified");
  return {
    key,
    reference: decodeUtf8(referenceOf(locked)),
    ...(typeof rev === "string" ? { rev: decodeUtf8(rev) } : {}),
    ...(modified === undefined ? {} : { day: formatTime(Number(modified)).slice(0, 10) }),
    isFlake,
    hasStandIn: standIn !== undefined && standIns.packs.has(standIn.folder),
  };
}

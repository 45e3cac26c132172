/** Archives of examples: tarballs, which Nix takes as flakes. The same files give the same bytes. */
import { gzipSync } from "node:zlib";
import { packTar } from "modern-tar";
import type { TakenFile } from "./files.ts";

/** A `.tar.gz` of the files in a folder of their own. Nix shows `time` as the flake's last change. */
export async function tarballOf(folder: string, files: readonly TakenFile[], time: Date): Promise<Uint8Array> {
  const entries = files.map(({ path, bytes }) => ({
    header: { name: `${folder}/${path}`, size: bytes.length, mode: 0o644, mtime: time },
    body: bytes,
  }));
  return gzipSync(await packTar(entries), { level: 9 });
}

import type { FileSystemAPI, WebContainer } from "@webcontainer/api";

/** What is used of a `WebContainer`. */
export interface Container extends Pick<WebContainer, "mount" | "path" | "spawn" | "workdir"> {
  readonly fs: Pick<FileSystemAPI, "mkdir" | "readdir" | "readFile" | "rm" | "writeFile">;
}

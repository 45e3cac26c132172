export { tarballOf } from "./archive.ts";
export { readExampleFiles, type ToldExample } from "./files.ts";
export { commitTime, writeRepositories } from "./repository.ts";

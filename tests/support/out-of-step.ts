/** Ways to bring `requirements.txt` and the environment of an example out of step, and what its check must answer. */
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

export const outOfStep = [
  {
    change: "a pin is edited",
    file: "requirements.txt",
    find: "Flask==2.1.2",
    replace: "Flask==2.1.3",
    answer: "flask: requirements.txt asks for 2.1.3, the environment has 2.1.2",
  },
  {
    change: "a pin is deleted",
    file: "requirements.txt",
    find: "importlib-metadata==4.11.4\n",
    replace: "",
    answer: "importlib-metadata: requirements.txt asks for nothing, the environment has 4.11.4",
  },
  {
    change: "a pin is added",
    file: "requirements.txt",
    find: "zipp==3.8.0\n",
    replace: "zipp==3.8.0\nhttpx==0.28.1\n",
    answer: "httpx: requirements.txt asks for 0.28.1, the environment has nothing",
  },
  {
    change: "the lock moves on",
    file: "uv.lock",
    find: 'name = "werkzeug"\nversion = "2.1.2"',
    replace: 'name = "werkzeug"\nversion = "2.2.3"',
    answer: "werkzeug: requirements.txt asks for 2.1.2, the environment has 2.2.3",
  },
  {
    change: "a line pins no version",
    file: "requirements.txt",
    find: "click==8.1.3",
    replace: "click>=8",
    answer: "requirements.txt: 'click>=8' does not pin a version, so nothing can be compared with it",
  },
] as const;

/** Makes one of the changes in a copy of an example. @throws Error where there is nothing to change. */
export function bringOutOfStep(folder: string, { file, find, replace }: (typeof outOfStep)[number]): void {
  const path = join(folder, file);
  const text = readFileSync(path, "utf8");
  if (!text.includes(find)) throw new Error(`'${path}' has no '${find}': nothing to change`);
  writeFileSync(path, text.replace(find, replace));
}

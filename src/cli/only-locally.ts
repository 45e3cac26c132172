import { refusal } from "./failures.ts";

const plain = /^[\w@%+=:,./#^-]+$/;

/** What the commands that people type most would do. */
const deeds: Readonly<Record<string, string>> = {
  build: "build a package and link it as 'result'",
  develop: "build what a shell needs, and start it",
  run: "build a program and start it",
  shell: "build packages and start a shell with them",
  fmt: "build the flake's formatter and run it on the files",
  "flake update": "fetch the newest inputs and lock them",
};

/** Says that a command needs Nix itself, what it would do there, and the line to run. @throws NixError */
export function onlyLocally(args: readonly string[]): never {
  const line = args.map((arg) => (plain.test(arg) ? arg : `'${arg.replaceAll("'", "'\\''")}'`)).join(" ");
  const [word = "", next = ""] = args.filter((arg) => !arg.startsWith("-"));
  const name = word === "flake" ? `${word} ${next}` : word;
  const deed = deeds[name] === undefined ? "" : ` It would ${deeds[name]}.`;
  throw refusal(
    `'nix ${name}' needs Nix itself: here flakes are evaluated, not built.${deed}\nOn your own machine: nix ${line}`,
  );
}

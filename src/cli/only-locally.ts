import { refusal } from "./failures.ts";
import type { System } from "./system.ts";

const plain = /^[\w@%+=:,./#^-]+$/;

/** Says that a command needs Nix itself, and prints the command to run where it is. @throws NixError */
export function onlyLocally(args: readonly string[], system: System): void {
  const quoted = args.map((arg) => (plain.test(arg) ? arg : `'${arg.replaceAll("'", "'\\''")}'`));
  system.stdout(`nix ${quoted.join(" ")}\n`);
  throw refusal(
    `'nix ${args.find((arg) => !arg.startsWith("-")) ?? ""}' needs Nix itself: here flakes are evaluated, not built. ` +
      "Run the line above on your own machine.",
  );
}

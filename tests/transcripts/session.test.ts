/** The harness itself, held against a made-up lesson: it must catch a wrong transcript before it judges real ones. */
import assert from "node:assert/strict";
import { suite, test } from "node:test";
import { provideNix, recordedMinor } from "../support/provide-nix.ts";
import { blockProblems } from "./compare.ts";
import { readLesson } from "./lessons.ts";
import { fenceProblems } from "./nix-fences.ts";
import { cannotRun, runSession } from "./session.ts";

const nix = provideNix();
const skip = nix.recorded ? false : `skipped: recorded with ${recordedMinor}`;

/** Problems of a made-up lesson's terminal blocks, by block. */
function problemsOf(text: string): string[][] {
  const lesson = readLesson("/made-up/99-lesson.mdx", text);
  const results = runSession(nix, lesson, lesson.blocks);
  return lesson.blocks.map((block, i) => blockProblems(block, results[i] ?? []));
}

const flake = `
\`\`\`console in="empty"
$ cat >flake.nix <<'END'
> {
>   outputs = { self }: { answer = 42; };
> }
> END
\`\`\`
`;

suite("a lesson's terminal blocks", { skip }, () => {
  test("run in one shell, in order, and agree with what a terminal shows", () => {
    const text = `${flake}
\`\`\`console exit=1
$ nix eval .#answer
error: Path 'flake.nix' in the repository "/home/you/contacts" is not tracked by Git.
…
\`\`\`

\`\`\`console
$ git add flake.nix && cd ..
$ nix eval ./contacts#answer
warning: Git tree '/home/you/contacts' is dirty
42
$ false || echo $?
1
\`\`\`
`;
    assert.deepEqual(problemsOf(text), [[], [], []]);
  });

  test("a wrong line, a missing line and a wrong exit status are caught", () => {
    const wrong = (shown: string, meta = "") =>
      problemsOf(`${flake}\n\`\`\`console ${meta}\n$ git add . && nix eval .#answer\n${shown}\`\`\`\n`)[1] ?? [];
    const warning = "warning: Git tree '/home/you/contacts' is dirty\n";
    assert.deepEqual(wrong(`${warning}42\n`), []);
    assert.match(wrong(`${warning}43\n`).join(), /shows\n.*\n43\nbut printed\n.*\n42$/s);
    assert.match(wrong("42\n").join(), /but printed\nwarning: /);
    assert.match(wrong(`${warning}42\n`, "exit=1").join(), /ended with status 0, the lesson says 1$/);
  });

  test("a program that the reader's machine may have or not is never found", () => {
    const [problems] = problemsOf(
      '```console in="empty" exit=127\n$ python3 -V\nbash: python3: command not found\n```\n',
    );
    assert.deepEqual(problems, []);
  });

  test("on a new machine flakes are not turned on yet", () => {
    const [problems] = problemsOf(
      "```console in=new-machine exit=1\n$ nix eval --expr 1\nerror: experimental Nix feature 'nix-command' is disabled; …\n```\n",
    );
    assert.deepEqual(problems, []);
  });

  test("a shell's derivation is built, and direnv takes its turn after each command", (t) => {
    const text = `
\`\`\`console in="empty"
$ cat >flake.nix <<'END'
> {
>   outputs = { self }: {
>     packages.x86_64-linux.default = derivation {
>       name = "greeting";
>       system = "x86_64-linux";
>       builder = "/bin/sh";
>       args = [ "-c" "echo hello >$out" ];
>     };
>   };
> }
> END
$ git add flake.nix
$ nix build && cat result
warning: Git tree '/home/you/contacts' is dirty
hello
$ eval "$(direnv hook bash)"
$ echo 'export GREETING=hello' >.envrc
direnv: error /home/you/contacts/.envrc is blocked. Run \`direnv allow\` to approve its content
$ direnv allow
direnv: loading ~/contacts/.envrc
direnv: export +GREETING
$ echo $GREETING
hello
\`\`\`
`;
    const [block] = readLesson("/made-up/99-lesson.mdx", text).blocks;
    const why = block && cannotRun(nix, block);
    if (why !== undefined) t.skip(why);
    else assert.deepEqual(problemsOf(text), [[]]);
  });
});

test("a block that cannot be read is named by file and line", () => {
  assert.throws(
    () => readLesson("/made-up/99-lesson.mdx", "text\n\n```console lazy=1\n$ true\n```\n"),
    /^Error: 99-lesson\.mdx:3: a terminal block's meta has 'lazy=1'/,
  );
});

test("Nix blocks must parse, fragments with braces or brackets around them, broken ones must not", () => {
  const { nixFences } = readLesson(
    "/made-up/99-lesson.mdx",
    `
\`\`\`nix
{ pkgs }: pkgs.hello
\`\`\`
\`\`\`nix fragment
a = pkgs.hello;
\`\`\`
\`\`\`nix fragment
"x86_64-linux"
"aarch64-linux"
\`\`\`
\`\`\`nix broken
{ a = 1 }
\`\`\`
`,
  );
  assert.deepEqual(fenceProblems(nix, nixFences), []);
  const marked = (index: number, meta: string) => fenceProblems(nix, [{ ...nixFences[index]!, meta }]).length;
  assert.equal(marked(3, ""), 1);
  assert.equal(marked(1, ""), 1);
  assert.equal(marked(3, "fragment"), 1);
  assert.equal(marked(0, "broken"), 1);
});

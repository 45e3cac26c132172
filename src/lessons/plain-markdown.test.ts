import assert from "node:assert/strict";
import { test } from "node:test";
import { fenced, plainMarkdown, quoted, tableOf } from "./plain-markdown.ts";

const plain = (mdx: string) =>
  plainMarkdown(mdx, {
    components: {
      Note: (_, content) => quoted("Note", content),
      Trouble: ({ title = "" }, content) => quoted(title, content),
      Term: ({ id }, content) => `[${content}](site:/glossary/#${id})`,
      File: ({ path }) => `file ${path}`,
    },
    note: (language, meta) => (language === "console" ? `checked${meta.includes("not-run") ? " not" : ""}` : ""),
    address: (path) => `site:${path}`,
  });

test("a component gives way to its Markdown, inner ones first", () => {
  assert.equal(
    plain('<Note>\nSee the <Term id="lock-file">lock\nfile</Term>.\n\n<File path="a > b" />\n</Note>\n'),
    "> **Note**\n>\n> See the [lock\n> file](site:/glossary/#lock-file).\n>\n> file a > b\n",
  );
});

test("an attribute may be quoted in each of the three ways, and hold the other quotes", () => {
  assert.equal(plain("<File path='a \"b\"' />\n\n<File path={'\"c\" ='} />\n"), 'file a "b"\n\nfile "c" =\n');
});

test("code stays as it is, whatever it looks like", () => {
  const code = "<Note>\n[x](/lessons/)\n</Note>\n";
  assert.equal(plain(`before\n\n\`\`\`\`jsx\n${code}\`\`\`\`\n`), `before\n\n\`\`\`\`jsx\n${code}\`\`\`\`\n`);
});

test("a fence keeps its language, says its title and how it was checked, and is quoted with what it stands in", () => {
  assert.equal(
    plain('<Trouble title="error: x">\n\n```console title="Terminal" exit=1\n$ nix\n```\n\n</Trouble>'),
    "> **error: x**\n>\n> Terminal:\n>\n> ```console\n> $ nix\n> ```\n>\n> _checked_\n",
  );
});

test("links within the site become whole addresses", () => {
  assert.equal(
    plain("[a](/lessons/) [b](https://nixos.org/) [c](#d)"),
    "[a](site:/lessons/) [b](https://nixos.org/) [c](#d)\n",
  );
});

test("what cannot be told is refused by name", () => {
  assert.throws(() => plain("<Unknown />"), /no words for <Unknown>/);
  assert.throws(() => plain("<Note>\nopen\n"), /'<Note' is not closed/);
});

test("a block of code with backticks gets a longer fence, and a cell's bar is escaped", () => {
  assert.equal(fenced("md", "```\nx\n```\n"), "````md\n```\nx\n```\n````");
  assert.equal(tableOf(["a"], [["b|c"]]), "| a |\n| --- |\n| b\\|c |");
});

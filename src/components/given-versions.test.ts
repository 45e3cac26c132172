import assert from "node:assert/strict";
import { test } from "node:test";
import { packageOf } from "#inputs";
import { givenVersions } from "./given-versions.ts";

test("each pin stands beside what nixpkgs has, in the order of the file and in its spelling", () => {
  const rows = givenVersions("# pins\nclick==8.1.3\n\nMarkupSafe==2.1.1 # for Jinja2\n");
  assert.deepEqual(
    rows.map(({ name, pinned, same }) => [name, pinned, same]),
    [
      ["click", "8.1.3", false],
      ["MarkupSafe", "2.1.1", false],
    ],
  );
});

test("a version is said as surely as it is known", () => {
  const [click, flask] = givenVersions("click==8.1.3\nFlask==2.1.2");
  assert.match(click?.given ?? "", /^about \d/);
  assert.match(flask?.given ?? "", /^\d[\d.]* \(\d{4}-\d\d-\d\d\)$/);
});

test("a pin that nixpkgs has is marked as the same", () => {
  const version = packageOf("flask")?.seen?.version;
  assert.equal(givenVersions(`flask==${version}`)[0]?.same, true);
});

test("what is no pin, or unknown, stops the build with its line", () => {
  assert.throws(() => givenVersions("flask>=2"), /'flask>=2' is no pin/);
  assert.throws(() => givenVersions("no-such-package==1"), /has no package 'no-such-package'/);
});

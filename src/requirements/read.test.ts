import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { read, readInSteps } from "./index.ts";
import { parseRequirement } from "./requirement.ts";

const line = fc.oneof(
  {
    weight: 3,
    arbitrary: fc.constantFrom("flask>=2", "a[b]==1 ; os_name == 'nt'", "-e .", "-i https://x", "-r other.txt"),
  },
  fc.string({ unit: "binary" }),
  fc.string({ unit: fc.constantFrom(...Array.from("ab-_. =<>~!@;[]()'\"\\#$/:,\t\r0129*+")) }),
);

test("no text makes the reader throw, under any of the names", () => {
  const name = fc.constantFrom("requirements.txt", "pyproject.toml", "uv.lock", "poetry.lock");
  fc.assert(
    fc.property(fc.array(line), name, (lines, entry) => {
      read({ [entry]: lines.join("\n") }, entry);
    }),
    { numRuns: 2000 },
  );
});

test("every line that says something comes back as something", () => {
  const word = fc.string({ unit: fc.constantFrom(...Array.from("ab-_.=<>~!@;[]()'\"$/:,0129*+ ")), minLength: 1 });
  fc.assert(
    fc.property(fc.array(word), (lines) => {
      const reading = read({ "requirements.txt": lines.join("\n") }, "requirements.txt");
      const { requirements, local, options, problems } = reading;
      const said = new Set([...requirements, ...local, ...options, ...problems].map((each) => each.line));
      for (const [index, text] of lines.entries()) if (text.trim() !== "") assert.ok(said.has(index + 1), text);
    }),
    { numRuns: 2000 },
  );
});

test("a file of 50 MB gives one sentence, and the files beside it are read", () => {
  const files = { "requirements.txt": "-r huge.txt\nflask\n", "huge.txt": "flask\n".repeat(9_000_000) };
  const { requirements, problems } = read(files, "requirements.txt");
  assert.deepEqual(
    requirements.map(({ name }) => name),
    ["flask"],
  );
  assert.match(problems[0]?.message ?? "", /^the file has 54 million characters/);
  assert.equal(problems.length, 1);
});

test("a line of a million signs is answered at once", () => {
  for (const sign of ["a", " ", ">", ".", "[", "=", "\\", "a,", "; (", "--hash="]) {
    const start = process.cpuUsage();
    read({ "requirements.txt": `flask${sign.repeat(1_000_000)}` }, "requirements.txt");
    assert.ok(process.cpuUsage(start).user < 10_000_000, `a line of '${sign}' takes time without end`);
  }
});

test("the same file under two ways is read once, and a file may name itself from its own folder", () => {
  const files = { "a/requirements.txt": "-r ../b.txt\n-r ./../b.txt\n", "b.txt": "flask\n-r a/requirements.txt\n" };
  const { requirements, problems } = read(files, "a/requirements.txt");
  assert.equal(requirements.length, 1);
  assert.match(problems[0]?.message ?? "", /circle: a\/requirements\.txt → b\.txt → a\/requirements\.txt$/);
});

test("names of files that are words of JavaScript are names like any other", () => {
  const { problems } = read({ "requirements.txt": "-r constructor\n-r __proto__\n" }, "requirements.txt");
  assert.equal(problems.length, 2);
});

test("a long list is read in steps", () => {
  const files = { "requirements.txt": `-r long.txt\n${"a==1\n".repeat(4000)}`, "long.txt": "b==2\n".repeat(3000) };
  assert.ok([...readInSteps(files, "requirements.txt")].length >= 7);
});

test("a simple pin is read as the whole grammar reads it", () => {
  const part = (signs: string) =>
    fc.string({ unit: fc.constantFrom(...Array.from(signs)), minLength: 1, maxLength: 8 });
  const operator = fc.constantFrom("==", ">=", "<=", "!=", "<", ">", "~=", "===", "=");
  fc.assert(
    fc.property(part("aB1._-"), operator, part("0123..a*"), (name, operator, version) => {
      const pin = `${name}${operator}${version}`;
      // A blank behind it keeps it from the short way.
      assert.deepEqual(parseRequirement(pin), parseRequirement(`${pin} `));
    }),
    { numRuns: 5000 },
  );
});

test("a list that was read before is read anew where it has changed", () => {
  const lines = fc.array(line, { maxLength: 6 });
  let count = 0;
  fc.assert(
    fc.property(lines, lines, (before, after) => {
      const fresh = `fresh-${count++}.txt`;
      read({ "list.txt": before.join("\n") }, "list.txt");
      const again = JSON.stringify(read({ "list.txt": after.join("\n") }, "list.txt"));
      const anew = JSON.stringify(read({ [fresh]: after.join("\n") }, fresh));
      assert.equal(again, anew.replaceAll(fresh, "list.txt"));
    }),
    { numRuns: 1000 },
  );
});

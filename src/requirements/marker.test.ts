import assert from "node:assert/strict";
import { test } from "node:test";
import { evaluateMarker, parseMarker, printMarker, type MarkerEnvironment } from "./marker.ts";

const linux: MarkerEnvironment = {
  python_version: "3.13",
  python_full_version: "3.13.5",
  sys_platform: "linux",
  platform_system: "Linux",
  platform_machine: "x86_64",
  os_name: "posix",
  implementation_name: "cpython",
};

function holds(text: string, environment = linux): boolean | undefined {
  const marker = parseMarker(text);
  if (typeof marker === "string") throw new Error(marker);
  return evaluateMarker(marker, environment);
}

test("versions in markers are compared as versions, all else as text", () => {
  assert.equal(holds('python_version < "3.9"'), false);
  assert.equal(holds('python_version >= "3.9"'), true);
  assert.equal(holds('"3.9" < python_version'), true);
  assert.equal(holds('python_full_version ~= "3.13.2"'), true);
  assert.equal(holds('python_version == "3.*"'), true);
  assert.equal(holds('sys_platform < "win32"'), true);
  assert.equal(holds('platform_machine in "x86_64 arm64"'), true);
  assert.equal(holds('"linux" not in sys_platform'), false);
});

test("'and' binds before 'or', and parentheses before both", () => {
  assert.equal(holds('os_name == "posix" or os_name == "nt" and python_version < "3"'), true);
  assert.equal(holds('(os_name == "posix" or os_name == "nt") and python_version < "3"'), false);
});

test("a marker about what is not known is undecided, unless the rest decides it", () => {
  assert.equal(holds('platform_release > "6"'), undefined);
  assert.equal(holds('platform_release > "6" and sys_platform == "win32"'), false);
  assert.equal(holds('platform_release > "6" or sys_platform == "linux"'), true);
});

test("extras are compared as normalised names", () => {
  assert.equal(holds('extra == "My_Extra"', { extra: "my-extra" }), true);
});

test("what is printed is read as the same marker again", () => {
  const text = `(os_name == "nt" or "a\\b" in platform_version) and (extra == 'x"y' or python_version not in "2.7, 3.0")`;
  const marker = parseMarker(text);
  assert.ok(typeof marker !== "string");
  assert.deepEqual(parseMarker(printMarker(marker)), marker);
});

test("a marker of a million parentheses is refused, not followed", () => {
  const marker = parseMarker(`${"(".repeat(1_000_000)}os_name == "nt"`);
  assert.equal(marker, "the marker has too many parentheses inside one another");
});

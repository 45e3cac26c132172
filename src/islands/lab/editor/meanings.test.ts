import assert from "node:assert/strict";
import { test } from "node:test";
import { options } from "#inputs/devenv-options";
import { show } from "../../../nix/testing.ts";
import { meanings } from "./meanings.ts";

const named = (prefix: string) => Object.keys(meanings).filter((name) => name.startsWith(prefix));

test("each builtin that is explained is one of Nix", () => {
  const names = named("builtins.");
  assert.notEqual(names.length, 0);
  assert.deepEqual(
    names.filter((name) => show(`builtins ? ${name.slice("builtins.".length)}`) !== "true"),
    [],
  );
});

test("each option for Python that is explained is one of devenv", () => {
  const names = named("languages.python.");
  assert.notEqual(names.length, 0);
  assert.deepEqual(
    names.filter((name) => !Object.hasOwn(options, name)),
    [],
  );
});

import assert from "node:assert/strict";
import { test } from "node:test";
import { ageLabel } from "./age.ts";

test("a record is labelled with its age once it is older than 45 days", () => {
  assert.equal(ageLabel("2026-01-01", new Date("2026-01-01T12:00:00Z")), undefined);
  assert.equal(ageLabel("2026-01-01", new Date("2026-02-15T23:59:59Z")), undefined);
  assert.equal(ageLabel("2026-01-01", new Date("2026-02-16T00:00:00Z")), "46 days old");
  assert.equal(ageLabel("2026-01-01", new Date("2027-01-01T00:00:00Z")), "365 days old");
});

test("a clock that goes wrong labels nothing", () => {
  assert.equal(ageLabel("2026-01-01", new Date("2020-01-01T00:00:00Z")), undefined);
});

/**
 * The list of planted bugs does not rot: each still fits the tree as it stands, and the page says what
 * caught it in its present form. Plants nothing and runs no world.
 */
import { existsSync, readFileSync } from "node:fs";
import { parseSync } from "oxc-parser";
import { expect, test } from "vitest";
import { MUTANTS } from "../../../tools/mutants/list.ts";
import { patched } from "../../../tools/mutants/mutant.ts";
import { pageOf, rowsIn } from "../../../tools/mutants/page.ts";
import { SCENARIOS } from "../../../tools/sim/world/scenarios.ts";

test.each(MUTANTS)("$name: its text stands once in $file, and what it becomes is a program", (mutant) => {
  const text = readFileSync(mutant.file, "utf8");
  const result = patched(text, mutant);
  expect(result, `renew the text of ${mutant.name} in tools/mutants/list`).toMatchObject({ ok: true });
  if (!result.ok) return;
  expect(result.text).not.toBe(text);
  expect(parseSync(mutant.file, result.text).errors).toEqual([]);
});

test("every bug has a name of its own, a promise in a sentence, and tests that are there", () => {
  expect(new Set(MUTANTS.map(({ name }) => name)).size).toBe(MUTANTS.length);
  for (const { name, promise, also } of MUTANTS) {
    expect(name).toMatch(/^[a-z]+(-[a-z]+)*$/);
    expect(promise).toMatch(/\.$/);
    expect(also.length).toBeGreaterThan(0);
    for (const path of also) expect(existsSync(path), path).toBe(true);
  }
});

test("the scenarios that bugs are tried on are there", () => {
  const names = new Set(SCENARIOS.map(({ name }) => `scenario ${name}`));
  const asked = MUTANTS.flatMap(({ courses }) => courses).filter((course) => course.startsWith("scenario"));
  for (const course of asked) expect(names).toContain(course);
});

test("no bug touches the simulated world or a test: the change is in what ships or in headquarters", () => {
  for (const { file } of MUTANTS) expect(file).toMatch(/^(core|protocol|drivers|runtime|tools\/hq)\//);
});

test("ten bugs and more were chosen before the checkers were read", () => {
  expect(MUTANTS.filter(({ isBlind }) => isBlind).length).toBeGreaterThanOrEqual(10);
});

test("the page has a row for each bug, and something caught each", () => {
  const page = readFileSync("docs/MUTANTS.md", "utf8");
  const rows = rowsIn(page);
  expect([...rows.keys()]).toEqual(MUTANTS.map(({ name }) => name));
  for (const [name, { caughtBy, words, seconds }] of rows) {
    expect(caughtBy, name).not.toMatch(/nothing|never tried/);
    expect(words, name).not.toBe("");
    expect(Number(seconds), name).toBeGreaterThan(0);
  }
  expect(pageOf(MUTANTS, rows), "make mutants ONLY=name renews a bug that was changed").toBe(page);
});

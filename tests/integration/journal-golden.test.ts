/**
 * Journals of every release are read for ever: each file of tests/golden/journal folds to what it says
 * beside its bytes, and the newest is byte for byte what this code writes.
 */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { RUNTIME_VERSION } from "../../runtime/boot.ts";
import { PROJECT_ROOT } from "../../tools/build/root.ts";
import { diskOfGolden, journalGolden, stateText } from "../support/journal-golden.ts";

const FOLDER = join(PROJECT_ROOT, "tests/golden/journal");

test.each(readdirSync(FOLDER))("the journal of %s folds to what it was", async (name) => {
  const { disk, state } = await diskOfGolden(readFileSync(join(FOLDER, name), "utf8"));
  expect(await stateText(disk)).toBe(state);
});

test("this release writes its golden journal byte for byte", async () => {
  expect(await journalGolden()).toBe(readFileSync(join(FOLDER, `${RUNTIME_VERSION}.txt`), "utf8"));
});

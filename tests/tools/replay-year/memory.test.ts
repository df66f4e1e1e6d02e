/** What processes and folders take. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { folderBytes, Peaks, peakRssMib } from "../../../tools/replay-year/memory.ts";

test("the bytes of a folder are those of all files below it, and none for a folder that is not there", () => {
  const folder = mkdtempSync(join(tmpdir(), "tillwright-memory-test-"));
  try {
    mkdirSync(join(folder, "inner"));
    writeFileSync(join(folder, "a"), "12345");
    writeFileSync(join(folder, "inner/b"), "123");
    expect(folderBytes(folder)).toBe(8);
    expect(folderBytes(join(folder, "absent"))).toBe(0);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});

test("a process that is gone has no memory, and one without a number neither", () => {
  expect(peakRssMib(2 ** 22 + 1)).toBeNull();
  expect(peakRssMib(undefined)).toBeNull();
});

test("the highest value under a name is kept, and null changes nothing", () => {
  const peaks = new Peaks();
  for (const value of [3, null, 7, 5]) peaks.see("hq", value);
  expect([peaks.get("hq"), peaks.get("till-1")]).toEqual([7, null]);
});

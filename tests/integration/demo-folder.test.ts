/** Which folder the demo shop takes, and that it empties no other. */
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { lockDirectory } from "../../runtime/adapters/lock.ts";
import { startDemo } from "../../tools/run/demo.ts";

let folder = "";

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "tillwright-folder-"));
});

afterEach(() => rmSync(folder, { recursive: true, force: true }));

function start(): Promise<unknown> {
  return startDemo({ directory: folder, isFresh: true, firmware: null, onStep: () => {} });
}

test("a folder that holds something else is refused with run/not_ours and left alone", async () => {
  writeFileSync(join(folder, "thesis.txt"), "years of work");
  await expect(start()).rejects.toMatchObject({ code: "run/not_ours" });
  expect(readFileSync(join(folder, "thesis.txt"), "utf8")).toBe("years of work");
});

test("a folder on which a shop runs is refused with run/in_use before anything is deleted", async () => {
  writeFileSync(join(folder, "DEMO-SHOP.txt"), "");
  writeFileSync(join(folder, "sales"), "");
  const lock = await lockDirectory(folder);
  await expect(start()).rejects.toMatchObject({ code: "run/in_use" });
  expect(existsSync(join(folder, "sales"))).toBe(true);
  await lock?.release();
});

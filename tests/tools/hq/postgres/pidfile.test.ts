/** The note of a running database is believed only when its process works in this folder. */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { isAlive, runningPostmaster } from "../../../../tools/hq/postgres/pidfile.ts";

function note(pid: number): string {
  return [String(pid), "/data", "1700000000", "5432", "/sockets", "", "12345 1", "ready   ", ""].join("\n");
}

test("no note, a broken note, a dead process and another program are no running database", () => {
  const folder = mkdtempSync(join(tmpdir(), "hq-pid-"));
  const path = join(folder, "postmaster.pid");
  expect(runningPostmaster(folder)).toBeNull();
  for (const text of ["", "nonsense\n", "-1\n", "1\n", note(2_147_483_646), note(process.pid)]) {
    writeFileSync(path, text);
    expect(runningPostmaster(folder)).toBeNull();
  }
  rmSync(folder, { recursive: true });
});

test("this process is alive and a number beyond all processes is not", () => {
  expect(isAlive(process.pid)).toBe(true);
  expect(isAlive(2_147_483_646)).toBe(false);
});

/** tools/support-bundle as its command over a terminal's folder, and tools/replay on what it makes. */
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { clerkId } from "../../core/ids.ts";
import { openNodeDisk } from "../../runtime/adapters/node-disk.ts";
import { openTill } from "../support/terminal-harness.ts";

let folder = "";

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), "support-"));
  const till = await openTill(await openNodeDisk(join(folder, "till")), 1);
  await till.must({ type: "sign_on", clerk: clerkId("boss"), attempt: null });
  for (let count = 0; count < 12; count += 1) await till.sell("tea", "bun");
  await till.add("tea");
  const order = till.order?.id;
  if (order !== undefined) await till.must({ type: "park_order", order, label: "Zoë Quimby" });
  await till.terminal.close();
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function ran(program: string, ...texts: readonly string[]) {
  const { status, stdout, stderr } = spawnSync(program, [...texts]);
  return { status, stdout: stdout.toString(), stderr: stderr.toString() };
}

test("one file, for its owner alone, without a name in it; its replay says what the journal's says", () => {
  const [data, to] = [join(folder, "till"), join(folder, "till.tar.gz")];
  const [config, log] = [join(folder, "terminal.json"), join(folder, "terminal.log")];
  writeFileSync(
    config,
    JSON.stringify({
      terminal: "T1",
      shop: { name: "Quimby's" },
      staff: [{ name: "Zoë", pin: { salt: "a5a5" } }],
    }),
  );
  writeFileSync(log, "2026-11-22T08:00:00.000Z link/down: Quimby\nQuimby pin 4711\n");
  const made = ran("tools/support-bundle", "--data", data, "--to", to, "--config", config, "--log", log);
  expect(made).toMatchObject({ status: 0, stderr: "" });
  expect(JSON.parse(made.stdout)).toMatchObject({ bundle: to, recordCount: expect.any(Number) });
  expect(statSync(to).mode & 0o777).toBe(0o600);
  const open = gunzipSync(readFileSync(to));
  for (const secret of ["Quimby", "Zoë", "4711", "a5a5", "The Boss"])
    expect(open.includes(secret), secret).toBe(false);
  for (const file of [
    "manifest.json",
    "journal.jsonl",
    "expected.json",
    "versions.json",
    "config.json",
    "log-1.jsonl",
  ])
    expect(open.includes(file), file).toBe(true);

  const original = ran("tools/replay", "verify", "--data", data);
  const bundled = ran("tools/replay", "verify", "--bundle", to);
  expect(bundled).toMatchObject({ status: 0, stderr: "" });
  expect(JSON.parse(bundled.stdout)).toEqual({ ...JSON.parse(original.stdout), differences: [] });
  const amounts = (text: string): readonly string[] => text.match(/(?:total|at|cash|due) \d+\.\d\d/g) ?? [];
  const shown = ran("tools/replay", "show", "--bundle", to, "--views");
  expect(amounts(shown.stdout)).toEqual(
    amounts(ran("tools/replay", "show", "--data", data, "--views").stdout),
  );
  expect(amounts(shown.stdout).length).toBeGreaterThan(50);
  const number = / receipt (\w+) 7,/.exec(shown.stdout)?.[1] ?? "";
  const explained = ran("tools/replay", "explain", "--bundle", to, `${number}-7`);
  expect(explained.stdout).toMatch(/sum of lines 3\.70: total 3\.70/);
});

test.each([
  [["--data", "/nowhere", "--to", "x"], 2, "support/arguments"],
  [["--data", ".", "--to", "package.json"], 2, "support/arguments"],
  [["--nothing"], 2, "support/arguments"],
])("%j is refused with %i: %s", (texts, status, words) => {
  const refused = ran("tools/support-bundle", ...texts);
  expect([refused.status, refused.stdout]).toEqual([status, ""]);
  expect(refused.stderr).toContain(words);
});

test("a bundle that was cut is support/unreadable, and a file that is not there says so", () => {
  const cut = join(folder, "cut.tar.gz");
  writeFileSync(cut, "no bundle");
  expect(ran("tools/replay", "verify", "--bundle", cut)).toMatchObject({
    status: 1,
    stderr: expect.stringContaining("support/unreadable"),
  });
  expect(ran("tools/replay", "verify", "--bundle", join(folder, "none"))).toMatchObject({ status: 2 });
});

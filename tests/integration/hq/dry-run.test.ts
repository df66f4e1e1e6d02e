/**
 * The dry run as its command, over a headquarters on PostgreSQL: what it says, what it writes, what it
 * refuses. Skipped where the database's programs are not installed.
 */
import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { openInstance } from "../../../tools/hq/instance.ts";
import { packagedPrograms } from "../../../tools/hq/postgres/binaries.ts";
import { consoleShop } from "../../support/console-shop.ts";
import { runProgram } from "../../support/hq-process.ts";

const programs = packagedPrograms();
const folder = mkdtempSync(join(tmpdir(), "hq-dry-run-"));
const data = join(folder, "hq");
const file = (name: string): string => join(folder, name);
const rules = (fields: object): string => JSON.stringify({ currency: "CNY", ...fields });
const DAYS = ["--zone", "480", "--from", "2026-11-20", "--to", "2026-12-03"];

beforeAll(async () => {
  if (programs === null) return;
  chmodSync(folder, 0o755);
  const instance = await openInstance(data);
  await consoleShop({ store: instance.store });
  await instance.close();
  writeFileSync(file("plain.json"), rules({}));
  const tea = { id: "t10", kind: "line_percent", offPpm: 100_000, categories: ["drink"] };
  writeFileSync(file("tea.json"), rules({ promotions: [tea] }));
  writeFileSync(file("wrong.json"), rules({ promotions: [{ ...tea, offPpm: 2_000_000 }] }));
  writeFileSync(file("drinks.csv"), "sku,category\ntea,drink\nlatte,drink\n");
});

afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

beforeEach(({ skip }) => {
  if (programs === null) skip("the embedded PostgreSQL is not installed for this machine");
});

async function run(...texts: readonly string[]) {
  const { code, stdout, stderr } = await runProgram("tools/hq/dry-run.ts", ["--data", data, ...texts]);
  const said: Record<string, unknown> = stdout.startsWith("{") ? JSON.parse(stdout) : {};
  return { code, said, stderr };
}

test("the sum of the table is the difference that is said, to the cent", async () => {
  const files = ["--rules", file("tea.json"), "--categories", file("drinks.csv"), "--out", file("out.csv")];
  const { code, said } = await run(...files, ...DAYS);
  expect(code).toBe(0);
  const rows = readFileSync(file("out.csv"), "utf8").trim().split("\r\n").slice(1);
  expect(rows.length).toBe(said["changed"]);
  expect(rows.length).toBeGreaterThan(50);
  const cents = rows.reduce((sum, row) => sum + Math.round(Number(row.split(",")[6]) * 100), 0);
  expect((cents / 100).toFixed(2)).toBe(said["difference"]);
  expect(said).toMatchObject({ tableDifference: said["difference"], left: { return: 1 }, currency: "CNY" });
  expect(said["linesPerSecond"]).toBeGreaterThan(0);
});

test("rules that say nothing change nothing", async () => {
  const { code, said } = await run("--rules", file("plain.json"), ...DAYS);
  expect([code, said["changed"], said["difference"]]).toEqual([0, 0, "0.00"]);
});

test.for([
  [["--rules", "wrong.json", ...DAYS], "promotions[0].offPpm: From 0 to 1000000 (rules/out_of_range)"],
  [["--rules", "nowhere.json", ...DAYS], "--rules: "],
  [["--rules", "plain.json", "--from", "2026-12-03", "--to", "2026-12-02"], "--to: the last day"],
  [["--rules", "plain.json", "--from", "yesterday", "--to", "2026-12-02"], "--from: a day such as"],
  [["--rules", "plain.json", "--categories", "plain.json", ...DAYS], "row 1: must be sku,category"],
  [DAYS, "--rules: name a document"],
] as const)("%j is refused before anything is read", async ([texts, reason]) => {
  const paths = texts.map((text) => (/\.(json|csv)$/.test(text) ? file(text) : text));
  const { code, stderr } = await run(...paths);
  expect(code).toBe(2);
  expect(stderr).toContain(reason);
  expect(stderr).not.toMatch(/^\s+at /m);
});

test("--help says what is read and what is printed", async () => {
  const { code, stdout } = await runProgram("tools/hq/dry-run.ts", ["--help"]);
  expect(code).toBe(0);
  expect(stdout).toContain("--categories FILE");
});

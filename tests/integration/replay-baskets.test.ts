/**
 * A grocer's real baskets through the product's pricing, where the data is present: the first of them
 * as a library, and the tool as a process with its report.
 */
import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { PROJECT_ROOT } from "../../tools/build/root.ts";
import { replayBaskets } from "../../tools/replay-baskets/replay.ts";
import {
  PRODUCTS_FILE,
  readBasketRows,
  readProducts,
  TRANSACTIONS_FILE,
} from "../../tools/replay-baskets/rows.ts";
import { readFileBytes } from "../../tools/replay-day/day/day-file.ts";

const DATA = process.env["TILLWRIGHT_DATA"] ?? join(PROJECT_ROOT, "../shared/data");
const transactions = join(DATA, "grocery", TRANSACTIONS_FILE);
const MAIN = join(PROJECT_ROOT, "tools/replay-baskets/main.ts");

test("the totals of 5,000 real baskets are the file's to the cent, but for coupons above their basket", ({
  skip,
}) => {
  if (!existsSync(transactions)) skip("no baskets here: TILLWRIGHT_DATA names their folder");
  const products = readProducts(readFileBytes(join(DATA, "grocery", PRODUCTS_FILE)));
  const outcome = replayBaskets(readBasketRows(readFileBytes(transactions)), products, 5000);
  expect(outcome.disagreements).toEqual([]);
  expect(outcome.equalCount + outcome.explainedCount).toBe(5000);
  expect(outcome.cartMinor - outcome.missingMinor).toBe(outcome.fileMinor);
  const unexplained = outcome.named.filter(
    ({ reason }) => !["empty", "coupon_above_basket"].includes(reason),
  );
  expect(unexplained).toEqual([]);
  expect(outcome.offers.get("chain_promotion")).toBeGreaterThan(1000);
});

test("the tool says what it did, and that there is no file", ({ skip }) => {
  const run = (...args: readonly string[]) =>
    spawnSync(process.execPath, [MAIN, ...args], { encoding: "utf8" });
  expect(run("--help").stdout).toContain("--baskets");
  expect(run("--baskets", "none").status).toBe(2);
  const absent = run("--folder", "/nowhere");
  expect([absent.status, absent.stdout]).toEqual([0, ""]);
  expect(absent.stderr).toContain("skipped: there is no file /nowhere");
  if (!existsSync(transactions)) skip("no baskets here: TILLWRIGHT_DATA names their folder");
  const { status, stdout } = run("--baskets", "200");
  expect(status).toBe(0);
  const last: unknown = JSON.parse(stdout.trim().split("\n").at(-1) ?? "");
  expect(last).toMatchObject({ basketCount: 200, disagreeingCount: 0 });
});

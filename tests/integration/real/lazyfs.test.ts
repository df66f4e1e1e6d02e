/**
 * The journal over LazyFS: the process is killed, what it did not sync is forgotten, and what was
 * answered as paid is there. Skipped with its reason where there is no LazyFS; ext4.test.ts shows the
 * same on a file system that the kernel brings.
 */
import { randomInt } from "node:crypto";
import { expect, test } from "vitest";
import { Dice } from "../../support/dice.ts";
import { createLazyFs, whyNoLazyFs } from "../../support/real-lazyfs.ts";
import { cutRounds } from "../../support/real-power-cut.ts";
import { SellerShop } from "../../support/sell-process.ts";

const SEED = Number(process.env["SEED"] ?? randomInt(1_000_000));
const CUT_COUNT = 8;

test(`what was answered as paid is there after each power cut of a LazyFS [SEED=${SEED}]`, async ({
  skip,
  onTestFinished,
}) => {
  const why = whyNoLazyFs();
  if (why !== null) skip(why);
  const shop = await new SellerShop().prepare();
  const disk = createLazyFs();
  onTestFinished(async () => {
    await disk.close();
    shop.remove();
  });
  const { cutCount, saleCount, recordCount, openings } = await cutRounds(
    disk,
    shop,
    new Dice(SEED),
    CUT_COUNT,
  );
  expect(saleCount).toBeGreaterThan(CUT_COUNT);
  console.log(
    `LazyFS: ${cutCount} power cuts, ${saleCount} sales and ${recordCount} records kept, ` +
      `starts recorded: ${openings} (SEED=${SEED})`,
  );
});

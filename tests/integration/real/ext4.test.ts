/**
 * The journal over a real ext4 whose power is cut: by the kernel itself, in the middle of sales.
 * Skipped with its reason where no file system may be mounted.
 */
import { randomInt } from "node:crypto";
import { expect, test } from "vitest";
import { Dice } from "../../support/dice.ts";
import { createExt4, whyNoExt4 } from "../../support/real-ext4.ts";
import { cutRounds } from "../../support/real-power-cut.ts";
import { SellerShop } from "../../support/sell-process.ts";

const SEED = Number(process.env["SEED"] ?? randomInt(1_000_000));
const CUT_COUNT = 6;

test.for([
  ["as it is mounted by itself", ""],
  ["that writes names before bytes", "data=writeback,noauto_da_alloc"],
] as const)(
  `what was answered as paid is there after each power cut of an ext4 %s [SEED=${SEED}]`,
  async ([words, options], { skip, onTestFinished }) => {
    const why = whyNoExt4();
    if (why !== null) skip(why);
    const shop = await new SellerShop().prepare();
    const disk = createExt4(options);
    onTestFinished(async () => {
      await disk.close();
      shop.remove();
    });
    const figures = await cutRounds(disk, shop, new Dice(SEED), CUT_COUNT);
    expect(figures.saleCount).toBeGreaterThan(CUT_COUNT);
    const { cutCount, saleCount, recordCount, openings } = figures;
    console.log(
      `ext4 ${words}: ${cutCount} power cuts, ${saleCount} sales and ${recordCount} records kept, ` +
        `starts recorded: ${openings} (SEED=${SEED})`,
    );
  },
);

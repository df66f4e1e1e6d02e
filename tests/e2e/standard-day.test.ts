/**
 * A small standard day through the real screen of the real shop: what the screen said, the papers, the
 * terminal's records and headquarters' report are the same day, through a roll that ended and a power cut.
 */
import { randomInt } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { findBrowser } from "../../tools/standard-day/browser.ts";
import { playDay } from "../../tools/standard-day/day.ts";

const SEED = Number(process.env["SEED"] ?? randomInt(2 ** 31));
const SIZE = { orderCount: 24, returnCount: 2, voidCount: 2, parkCount: 1 };

test(`screen, X, Z and headquarters tell the same day (SEED=${SEED})`, async ({ skip }) => {
  const browserPath = findBrowser();
  if (browserPath === null) return skip("no Chromium here: make setup says why");
  const directory = mkdtempSync(join(tmpdir(), "tillwright-standard-day-"));
  const said: string[] = [];
  try {
    const { outcome, faults } = await playDay({
      size: SIZE,
      seed: SEED,
      directory,
      browserPath,
      picturePath: null,
      say: (line) => said.push(line),
    });
    expect(faults).toEqual([]);
    expect(outcome).toMatchObject({
      isEqual: true,
      saleCount: 22,
      returnCount: 2,
      shifts: [
        { z: 1, isEqual: true },
        { z: 2, isEqual: true },
      ],
      missingCount: 0,
      doubledCount: 0,
      powerCutCount: 1,
    });
    expect(said.some((line) => line.endsWith("report_x"))).toBe(true);
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
});

/**
 * make standard-day: a shop's day played through the screen by taps, and whether the screen, the
 * papers, the terminal's records and headquarters tell the same at its end. Words for people go to
 * stderr; the last line of stdout is JSON.
 */
import { randomInt } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { PROJECT_ROOT } from "../build/root.ts";
import { findBrowser } from "./browser.ts";
import { playDay } from "./day.ts";
import { DayFault } from "./fault.ts";
import { readOptions } from "./options.ts";

const HELP = `A standard day through the screen: sales, returns, cancelled and parked orders, two shifts
with an X and two Zs, a roll of paper that ends and a power cut.

  make standard-day [ORDERS=300] [RETURNS=20] [VOIDS=15] [PARKS=6] [SEED=n] [PICTURE=1]
  node tools/standard-day/main.ts [--orders 300] [--returns 20] [--voids 15] [--parks 6] [--seed n] [--picture 1]

  ORDERS   orders that are begun; VOIDS of them are cancelled, PARKS are paid after they were parked
  RETURNS  receipts that come back on top of that, whole or in part
  SEED     what is bought, how it is paid and when what goes wrong; without it one is drawn
  PICTURE  1: docs/pictures/standard-day.png is drawn anew

Needs Chromium; the shop is a demo shop in a temporary folder that is deleted at the end.
Exit codes: 0 everybody tells the same day; 1 not, or the day could not be played; 2 wrong options.
`;
const EXIT = { AGREES: 0, FAILED: 1, USAGE: 2 } as const;
const SEED_MAX = 2 ** 31;

const startedMs = performance.now();

main().then(
  (exitCode) => process.exit(exitCode),
  (fault: unknown) => {
    if (!(fault instanceof DayFault)) throw fault;
    say(fault.message);
    process.exit(fault.code === "standard_day/option" ? EXIT.USAGE : EXIT.FAILED);
  },
);

async function main(): Promise<number> {
  const options = readOptions(process.argv.slice(2), process.env);
  if (options === "help") {
    process.stdout.write(HELP);
    return EXIT.AGREES;
  }
  const browserPath = findBrowser();
  if (browserPath === null) throw new DayFault("standard_day/no_browser", "make setup says why");
  const { isDrawn, seed: askedSeed, ...size } = options;
  const seed = askedSeed ?? randomInt(SEED_MAX);
  say(`SEED=${seed}`);
  const directory = mkdtempSync(join(tmpdir(), "tillwright-standard-day-"));
  try {
    const picturePath = isDrawn ? join(PROJECT_ROOT, "docs/pictures/standard-day.png") : null;
    const { outcome, faults } = await playDay({ size, seed, directory, browserPath, picturePath, say });
    for (const fault of faults) say(`NOT EQUAL: ${fault}`);
    process.stdout.write(`${JSON.stringify(outcome)}\n`);
    return faults.length === 0 ? EXIT.AGREES : EXIT.FAILED;
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}

function say(line: string): void {
  const seconds = ((performance.now() - startedMs) / 1000).toFixed(1).padStart(6);
  process.stderr.write(`${seconds} s  ${line}\n`);
}

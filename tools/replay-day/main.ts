/**
 * Sells a day of a real shop through a real terminal process and compares what headquarters holds
 * with what the terminal wrote. Words for people go to stderr; the last line of stdout is JSON.
 */
import { randomInt } from "node:crypto";
import { dayWords, readDayFile } from "./day/day-file.ts";
import { ReplayFault } from "./fault.ts";
import { readOptions } from "./options.ts";
import { bundleSeller } from "./process/seller-bundle.ts";
import { Progress } from "./progress.ts";
import { replayDay } from "./run.ts";

const HELP = `A day of real sales through a real terminal to a real headquarters.

  make replay-day FILE=day.csv [DAY=2010-12-01] [FAULTS=1] [SEED=n] [SEEDS=n]
  node tools/replay-day/main.ts --file day.csv [--day ...] [--faults 1] [--seed n] [--seeds n]

  FILE     invoices as CSV, or that gzipped; columns InvoiceNo, StockCode, Description, Quantity,
           InvoiceDate, UnitPrice (others are not read)
  DAY      only the rows of this day, or of a month as 2010-12
  FAULTS   1: headquarters is killed twice, the terminal three times, the network is cut once
  SEED     where and when: the same number makes the same plan; without it one is drawn
  SEEDS    so many runs with the seeds from SEED on, a line of JSON each

Exit codes: 0 both sides agree to the byte and the sum is the file's; 1 not, or the run failed;
2 wrong options.
`;
const EXIT = { AGREES: 0, FAILED: 1, USAGE: 2 } as const;
const SEED_MAX = 2 ** 31;

const progress = new Progress(process.stderr, () => performance.now());
const stop = new AbortController();
process.on("SIGINT", () => stop.abort());
process.on("SIGTERM", () => stop.abort());

main().then(
  (exitCode) => process.exit(exitCode),
  (fault: unknown) => {
    if (!(fault instanceof ReplayFault)) throw fault;
    progress.say(fault.message);
    process.exit(fault.code === "replay/option" ? EXIT.USAGE : EXIT.FAILED);
  },
);

async function main(): Promise<number> {
  const options = readOptions(process.argv.slice(2), process.env);
  if (options === "help") {
    process.stdout.write(HELP);
    return EXIT.AGREES;
  }
  const firstSeed = options.seed ?? randomInt(SEED_MAX);
  if (options.hasFaults) progress.say(`SEED=${firstSeed}`);
  const day = readDayFile(options.file, options.date);
  for (const line of dayWords(day)) progress.say(line);
  const bundlePath = await bundleSeller();
  let failedCount = 0;
  for (let index = 0; index < options.seedCount; index += 1) {
    const seed = firstSeed + index;
    if (index > 0) progress.say(`SEED=${seed}`);
    const faultSeed = options.hasFaults ? String(seed) : null;
    const { outcome, faults } = await replayDay({
      day,
      bundlePath,
      faultSeed,
      progress,
      signal: stop.signal,
    });
    for (const fault of faults) progress.say(`NOT EQUAL: ${fault}`);
    if (faults.length > 0) failedCount += 1;
    process.stdout.write(`${JSON.stringify(options.seedCount > 1 ? { seed, ...outcome } : outcome)}\n`);
  }
  if (options.seedCount > 1)
    process.stdout.write(`${JSON.stringify({ seeds: options.seedCount, failed: failedCount })}\n`);
  return failedCount === 0 ? EXIT.AGREES : EXIT.FAILED;
}

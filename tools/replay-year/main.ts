/**
 * Sells a whole year of a real shop through real terminal processes and compares what headquarters
 * holds with the file and with the journals. Words for people go to stderr; the last line of stdout
 * is JSON. Without the file it says so in one line and has done nothing.
 */
import { existsSync } from "node:fs";
import { currencyExponent, decimalText } from "../../core/money.ts";
import { microText } from "../replay-day/day.ts";
import type { Day } from "../replay-day/day.ts";
import { dayWords, readDayFile } from "../replay-day/day/day-file.ts";
import { ReplayFault } from "../replay-day/fault.ts";
import { bundleSeller } from "../replay-day/process/seller-bundle.ts";
import { CURRENCY, TENANT } from "../replay-day/process/shop.ts";
import { Progress } from "../replay-day/progress.ts";
import { readYearOptions } from "./options.ts";
import { planYear } from "./plan.ts";
import { replayYear } from "./run.ts";
import type { YearOutcome } from "./run.ts";

const HELP = `A year of real sales through real terminals to a real headquarters.

  make replay-year [TILLS=2] [DAY=2010-12] [FRESH=1] [FOLDER=dir] [FILE=year.csv.gz]
  node tools/replay-year/main.ts [--tills n] [--day ...] [--fresh 1] [--folder dir] [--file ...]

  TILLS    terminals, each a process, that the invoices are dealt out to
  DAY      only the rows of this month, or of a day as 2010-12-01
  FRESH    1: starts over; without it a run goes on where the terminals' journals end
  FOLDER   where headquarters and the terminals write; .data/year without it. It stays:
           node tools/hq/main.ts --data FOLDER/hq --tenant ${TENANT}
  FILE     the file of sales; without it that of the data folder (TILLWRIGHT_DATA)

Every row is booked or named: amounts that are not exact in pence are rounded line by line, negative
prices are money paid out. Ctrl-C stops it; the same command goes on.

Exit codes: 0 both sides agree to the byte and the sum is the file's, or there is no file; 1 not, or
the run failed; 2 wrong options.
`;
const EXIT = { AGREES: 0, FAILED: 1, USAGE: 2 } as const;

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
  const options = readYearOptions(process.argv.slice(2), process.env);
  if (options === "help") {
    process.stdout.write(HELP);
    return EXIT.AGREES;
  }
  const { file, date, folder, isFresh, tillCount } = options;
  if (!existsSync(file)) {
    progress.say(`skipped: there is no file ${file}; TILLWRIGHT_DATA names another data folder`);
    return EXIT.AGREES;
  }
  const day = readDayFile(file, date, "books");
  for (const line of dayWords(day)) progress.say(line);
  const outcome = await replayYear({
    day,
    plan: planYear(day, tillCount),
    folder,
    isFresh,
    bundlePath: await bundleSeller(),
    progress,
    signal: stop.signal,
  });
  for (const fault of outcome.faults) progress.say(`NOT EQUAL: ${fault}`);
  if (outcome.peakMib.hq === null) progress.say("memory: this system does not say");
  progress.say(`headquarters can be opened: node tools/hq/main.ts --data ${folder}/hq --tenant ${TENANT}`);
  process.stdout.write(`${JSON.stringify(lastLine(day, outcome))}\n`);
  return outcome.faults.length === 0 ? EXIT.AGREES : EXIT.FAILED;
}

function lastLine(day: Day, outcome: YearOutcome): unknown {
  const { compared, soldCount, soldMs, projectedMs, peakMib, journalBytes } = outcome;
  const sum = (key: "writtenCount" | "heldCount" | "missingCount" | "doubledCount" | "differentCount") =>
    compared.reduce((total, comparison) => total + comparison[key], 0);
  return {
    lines: day.lineCount,
    invoices: day.invoiceCount,
    cancellations: day.cancellationCount,
    orders: outcome.orderCount,
    fileSum: microText(day.fileSumMicro),
    roundedRows: day.roundedRows.map(({ row, soldMinor, differenceMicro }) => ({
      row: row.rowNumber,
      price: microText(row.priceMicro),
      sold: decimalText(soldMinor, currencyExponent(CURRENCY)),
      difference: microText(differenceMicro),
    })),
    refusedRows: Object.fromEntries(
      [...Map.groupBy(day.refusedRows, ({ reason }) => reason)].map(([reason, rows]) => [
        reason,
        rows.length,
      ]),
    ),
    refusedSum: microText(day.refusedSumMicro),
    hqNet: outcome.hqNet,
    currency: outcome.currency,
    eventsWritten: sum("writtenCount"),
    eventsAtHq: sum("heldCount"),
    missing: sum("missingCount"),
    doubled: sum("doubledCount"),
    different: sum("differentCount"),
    soldNow: soldCount,
    perSecond: Math.round(soldCount / (soldMs / 1000)),
    soldS: Math.round(soldMs / 1000),
    projectedS: Math.round(projectedMs / 1000),
    peakMib,
    journalMib: Math.round(journalBytes / 2 ** 20),
  };
}

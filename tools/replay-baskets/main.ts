/**
 * Prices a year of a grocer's real baskets with the product's rules and holds each total against the
 * file's. Words for people go to stderr, the named rows to stdout or to a file, and the last line of
 * stdout is JSON. Without the files it says so in one line and has done nothing.
 */
import { existsSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { readFileBytes } from "../replay-day/day/day-file.ts";
import { ReplayFault } from "../replay-day/fault.ts";
import { Progress } from "../replay-day/progress.ts";
import { readBasketOptions } from "./options.ts";
import type { BasketOptions } from "./options.ts";
import { replayBaskets } from "./replay.ts";
import { reportLines, summaryWords } from "./report.ts";
import { PRODUCTS_FILE, readProducts, readBasketRows, TRANSACTIONS_FILE } from "./rows.ts";

const HELP = `A grocer's real baskets, with real discounts and coupons, priced by the product's own rules.

  node tools/replay-baskets/main.ts [--baskets n] [--report file.csv] [--folder dir]

  BASKETS  the first so many baskets; all without it
  REPORT   where the named rows go (row, basket, reason, missing, words); stdout without it
  FOLDER   the folder with ${TRANSACTIONS_FILE} and ${PRODUCTS_FILE}; without it grocery/
           in the data folder (TILLWRIGHT_DATA)

The store's discounts become promotions of a product in a week where all sales agree, manual discounts
where they do not; coupons are coupons, on their own goods first and on the basket then. Every line is
held against what the store got for it, every basket against what its customer paid; a row that cannot
be said in a cart is named with the reason and the amount.

Exit codes: 0 every basket is the file's, or differs by exactly what its named rows miss, or there is
no file; 1 not, or the run failed; 2 wrong options.
`;
const EXIT = { AGREES: 0, FAILED: 1, USAGE: 2 } as const;
const DISAGREEMENTS_SHOWN_COUNT_MAX = 20;

const progress = new Progress(process.stderr, () => performance.now());

try {
  const options = readBasketOptions(process.argv.slice(2), process.env);
  if (options === "help") process.stdout.write(HELP);
  else process.exitCode = run(options);
} catch (fault) {
  if (!(fault instanceof ReplayFault)) throw fault;
  progress.say(fault.message);
  process.exitCode = fault.code === "replay/option" ? EXIT.USAGE : EXIT.FAILED;
}

function run({ folder, basketCountMax, report }: BasketOptions): number {
  const files = [TRANSACTIONS_FILE, PRODUCTS_FILE].map((name) => join(folder, name));
  const missing = files.find((file) => !existsSync(file));
  if (missing !== undefined) {
    progress.say(`skipped: there is no file ${missing}; TILLWRIGHT_DATA names another data folder`);
    return EXIT.AGREES;
  }
  const [transactions = "", productList = ""] = files;
  const file = readBasketRows(readFileBytes(transactions));
  const products = readProducts(readFileBytes(productList));
  const startedMs = performance.now();
  const wholeCount = basketCountMax ?? new Set(file.rows.map(({ basket }) => basket)).size;
  const rate = (count: number): number => (count * 1000) / (performance.now() - startedMs);
  const outcome = replayBaskets(file, products, basketCountMax ?? undefined, (doneCount) => {
    if (doneCount % 500 === 0) progress.show("baskets", doneCount, wholeCount, rate(doneCount));
  });
  const seconds = (performance.now() - startedMs) / 1000;
  const lines = `${reportLines(outcome).join("\n")}\n`;
  if (report === null) process.stdout.write(lines);
  else writeFileSync(report, lines);
  for (const words of summaryWords(outcome, seconds)) progress.say(words);
  for (const { basket, words } of outcome.disagreements.slice(0, DISAGREEMENTS_SHOWN_COUNT_MAX))
    progress.say(`NOT EQUAL: basket ${basket}: ${words}`);
  const { named, stepped, disagreements, forms, offers, ...figures } = outcome;
  const counts = {
    forms: Object.fromEntries(forms),
    offers: Object.fromEntries(offers),
    namedCount: named.length,
    steppedCount: stepped.length,
    disagreeingCount: disagreements.length,
    basketsPerSecond: Math.round(outcome.basketCount / seconds),
  };
  process.stdout.write(`${JSON.stringify({ ...figures, ...counts })}\n`);
  return disagreements.length === 0 ? EXIT.AGREES : EXIT.FAILED;
}

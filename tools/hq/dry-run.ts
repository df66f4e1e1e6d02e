/**
 * Prices what was sold once more under rules that nobody sells by yet, order by order, and says what they
 * would change. Reads only; works beside a running headquarters and without one.
 */
import { closeSync, openSync, readFileSync, writeSync } from "node:fs";
import { currencyExponent, decimalText, minor, subtract } from "../../core/money.ts";
import type { Minor } from "../../core/money.ts";
import { wallMs } from "../../core/time.ts";
import { readCatalogue } from "../../runtime/catalogue.ts";
import { catalogueInForce } from "../../core/hq/in-force.ts";
import { createAuthoring } from "./authoring.ts";
import { csvOf, digits } from "./console/csv.ts";
import { dayOf, spanOfDays } from "./console/day.ts";
import { faultLine, HqFault } from "./fault.ts";
import { visitInstance } from "./instance.ts";
import { HqJournal } from "./journal/journal.ts";
import { headquartersKey } from "./keys.ts";
import { dataDirIn, readOptions, tenantIn, zoneIn } from "./options.ts";
import type { OptionValues } from "./options.ts";
import { categoriesIn } from "./pricing/categories.ts";
import { asRules, readDocument } from "./pricing/document.ts";
import { dryRun } from "./pricing/dry-run.ts";
import type { ChangedCheck, DryRunTally } from "./pricing/dry-run.ts";
import { join } from "node:path";
import type { PricingRules } from "../../core/price/rules/types.ts";
import type { Store } from "./store/store.ts";

const HELP = `What pricing rules would have changed: past orders, priced once more before they are published.

  node tools/hq/dry-run.ts --data DIR [--tenant demo] --rules FILE.json --from DATE --to DATE
                           [--out FILE.csv] [--categories FILE.csv] [--zone MINUTES]

  --data DIR     headquarters' data folder; headquarters may be running or not
  --tenant NAME  whose orders
  --rules FILE   a document of pricing rules (docs/PRICING-RULES.md)
  --from DATE    the first day, such as 2010-12-01; --to DATE the last one
  --out FILE     writes each order whose amount changes: receipt, time, before, after, difference
  --categories FILE
                 sku,category with a header: categories of items whose lines do not say theirs; without
                 it they are those of the published catalogue
  --zone MINUTES the shop's zone in minutes ahead of UTC, 0 by default
  --help         this text

Progress goes to stderr. The last line of stdout is JSON: how many orders change and by how much (the
exact sum of the rows of FILE), what was left as it was and why, and the rate. Returns are left as they
were: they pay back what was paid. Nothing is published.
`;

const EXIT_USAGE = 2;
const TOLD_EVERY_MS = 2000;
const HEAD = ["receipt", "time", "order", "currency", "before", "after", "difference", "promotions"];

void main(process.argv.slice(2)).catch((error: unknown) => {
  process.stderr.write(`${faultLine(error)}\n`);
  process.exitCode = error instanceof HqFault && error.code === "hq/configuration" ? EXIT_USAGE : 1;
});

async function main(texts: readonly string[]): Promise<void> {
  const names = ["data", "tenant", "rules", "from", "to", "out", "categories", "zone"];
  const values = readOptions(texts, names);
  if (values["help"] !== undefined) {
    process.stdout.write(HELP);
    return;
  }
  const [dataDir, tenant, zoneMinutes] = [dataDirIn(values, true), tenantIn(values), zoneIn(values)];
  const rules = rulesIn(values);
  const [from, to] = [dayAt(values, "from"), dayAt(values, "to")];
  if (to < from) throw new HqFault("hq/configuration", "--to: the last day lies before the first");
  const given = values["categories"];
  const named = given === undefined ? null : categoriesOf(given);
  const { store, close } = await visitInstance(dataDir);
  try {
    const categories = named ?? (await publishedCategories(dataDir, tenant, store));
    const under = {
      rules,
      place: { store: "", channel: "counter", zoneMinutes },
      categoryOf: (sku: string) => categories.get(sku) ?? "",
    };
    const span = spanOfDays(from, to + 1, zoneMinutes);
    const startedMs = performance.now();
    const table = new Table(values["out"], rules.currency);
    let tally: DryRunTally | null = null;
    let toldMs = startedMs;
    for await (const step of dryRun({ tenant, store, span, under })) {
      for (const row of step.changed) table.write(row);
      tally = step.tally;
      if (performance.now() - toldMs < TOLD_EVERY_MS) continue;
      toldMs = performance.now();
      process.stderr.write(`${tally.closingCount} checks, ${rate(tally.closingCount, startedMs)} a second\n`);
    }
    table.close();
    process.stdout.write(`${JSON.stringify(summary(tally, table, rules.currency, startedMs))}\n`);
    if (tally !== null && table.differenceMinor !== tally.afterMinor - tally.beforeMinor)
      process.exitCode = 1;
  } finally {
    await close();
  }
}

/** The rows as they were written, and their sum. */
class Table {
  readonly #file: number | null;
  readonly #exponent: number;
  differenceMinor = 0n;
  rowCount = 0;

  constructor(path: string | undefined, currency: string) {
    this.#exponent = currencyExponent(currency);
    this.#file = path === undefined ? null : openSync(path, "w");
    if (this.#file !== null) writeSync(this.#file, csvOf([HEAD]));
  }

  write({ closing, repriced }: ChangedCheck): void {
    const { terminal, receiptSeries, receiptNumber, atMs, order, currency } = closing;
    const { beforeMinor, afterMinor, promotions } = repriced;
    const difference = subtract(afterMinor, beforeMinor);
    this.differenceMinor += BigInt(difference);
    this.rowCount += 1;
    if (this.#file === null) return;
    const amount = (amountMinor: Minor) => digits(decimalText(amountMinor, this.#exponent));
    const row = [
      `${terminal}-${receiptSeries}-${receiptNumber}`,
      new Date(atMs).toISOString(),
      order,
      currency,
      amount(beforeMinor),
      amount(afterMinor),
      amount(difference),
      promotions.map(({ id }) => id).join(" "),
    ];
    writeSync(this.#file, csvOf([row]).slice(1));
  }

  close(): void {
    if (this.#file !== null) closeSync(this.#file);
  }
}

function summary(tally: DryRunTally | null, table: Table, currency: string, startedMs: number): object {
  const exponent = currencyExponent(currency);
  const text = (amount: bigint): string => decimalText(minor(Number(amount)), exponent);
  const { closingCount = 0, pricedCount = 0, lineCount = 0, changedCount = 0 } = tally ?? {};
  const { beforeMinor = 0n, afterMinor = 0n, leftByCode = {} } = tally ?? {};
  return {
    checks: closingCount,
    priced: pricedCount,
    lines: lineCount,
    changed: changedCount,
    currency,
    before: text(beforeMinor),
    after: text(afterMinor),
    difference: text(afterMinor - beforeMinor),
    tableRows: table.rowCount,
    tableDifference: text(table.differenceMinor),
    left: leftByCode,
    seconds: Math.round((performance.now() - startedMs) / 100) / 10,
    checksPerSecond: rate(closingCount, startedMs),
    linesPerSecond: rate(lineCount, startedMs),
  };
}

function rate(count: number, startedMs: number): number {
  return Math.round(count / Math.max(0.001, (performance.now() - startedMs) / 1000));
}

function rulesIn(values: OptionValues): PricingRules {
  const file = values["rules"];
  if (file === undefined) throw new HqFault("hq/configuration", "--rules: name a document");
  const text = textOf("rules", file);
  const read = readDocument(text);
  if (read.ok) return asRules(read.value, text, 0);
  const problems = read.problems.map(({ path, message, code }) => `${path}: ${message} (${code})`);
  throw new HqFault("hq/configuration", `--rules: nothing was priced\n${problems.join("\n")}`);
}

function dayAt(values: OptionValues, name: string): number {
  const day = dayOf(values[name] ?? "");
  if (day === null) throw new HqFault("hq/configuration", `--${name}: a day such as 2010-12-01`);
  return day;
}

function categoriesOf(file: string): ReadonlyMap<string, string> {
  const read = categoriesIn(textOf("categories", file));
  if (read.ok) return read.value;
  throw new HqFault("hq/configuration", `--categories: nothing was priced\n${read.refusals.join("\n")}`);
}

async function publishedCategories(
  dataDir: string,
  tenant: string,
  store: Store,
): Promise<ReadonlyMap<string, string>> {
  const journal = new HqJournal({
    tenant,
    store,
    ...headquartersKey(join(dataDir, "keys")),
    nowMs: Date.now,
  });
  const authoring = createAuthoring({ tenant, store, journal, nowMs: Date.now });
  const catalogue = catalogueInForce(await authoring.view(), wallMs(Date.now()));
  const file = catalogue === null ? null : await authoring.fileOf(catalogue.sha256);
  const read = file === null ? null : readCatalogue(new TextDecoder().decode(file), "en");
  const items = read?.ok === true ? read.value.items : [];
  return new Map(items.map(({ sku, category }) => [sku, category]));
}

function textOf(name: string, file: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch (error) {
    throw new HqFault("hq/configuration", `--${name}: ${file} cannot be read`, error);
  }
}

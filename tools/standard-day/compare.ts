/**
 * Whether everybody tells the same day: the book of what the screen said, the papers, the terminal's
 * records, headquarters' records and its report. Pure; a sentence for each thing that does not agree.
 */
import type { Report } from "../hq/report-of.ts";
import type { PrintedReport } from "./papers.ts";
import type { DaySize } from "./plan.ts";
import type { DayRecords } from "./records.ts";
import type { Said, ShiftBook } from "./till.ts";

/** All that was seen of a day. */
export interface SeenDay {
  readonly size: DaySize;
  readonly said: readonly Said[];
  readonly books: readonly ShiftBook[];
  /** What each drawer lacked when it was counted. */
  readonly offMinor: readonly number[];
  readonly xBook: ShiftBook | null;
  readonly x: PrintedReport;
  readonly zs: readonly PrintedReport[];
  readonly journal: DayRecords;
  readonly office: DayRecords;
  readonly report: Report;
  /** For each receipt that was said, how many papers bear its number and no mark; 0 and no marked one: it is missing. */
  readonly papers: ReadonlyMap<string, { readonly unmarkedCount: number; readonly markedCount: number }>;
}

/** Figures that are to be 0. */
export interface Gaps {
  readonly missingCount: number;
  readonly doubledCount: number;
}

/** What does not agree; empty when everything does. */
export function differences(seen: SeenDay): readonly string[] {
  const faults: string[] = [];
  const same = (what: string, is: unknown, wanted: unknown): void => {
    if (!Object.is(is, wanted)) faults.push(`${what} is ${String(is)}, wanted ${String(wanted)}`);
  };
  compareSize(seen, same);
  if (seen.xBook === null) faults.push("no X was printed");
  else comparePrinted(seen.x, seen.xBook, same);
  seen.books.forEach((book, index) => compareShift(seen, book, index, same));
  compareReport(seen, same);
  for (const [who, records] of [
    ["the journal", seen.journal],
    ["headquarters", seen.office],
  ] as const) {
    const gaps = gapsOf(records);
    same(`receipts missing at ${who}`, gaps.missingCount, 0);
    same(`receipts doubled at ${who}`, gaps.doubledCount, 0);
    compareReceipts(who, records, seen.said, same);
  }
  same("records at headquarters", seen.office.recordCount, seen.journal.recordCount);
  const paper = paperGaps(seen.papers);
  same("receipts that are on no paper", paper.missingCount, 0);
  same("receipts that are twice on paper without a mark", paper.doubledCount, 0);
  return faults;
}

type Same = (what: string, is: unknown, wanted: unknown) => void;

function compareSize({ size, books, said }: SeenDay, same: Same): void {
  const sum = (pick: (book: ShiftBook) => number): number =>
    books.reduce((total, book) => total + pick(book), 0);
  same(
    "sales on the screen",
    sum((book) => book.saleCount),
    size.orderCount - size.voidCount,
  );
  same(
    "returns on the screen",
    sum((book) => book.returnCount),
    size.returnCount,
  );
  same(
    "orders cancelled on the screen",
    sum((book) => book.voidCount),
    size.voidCount,
  );
  same("receipt numbers on the screen", new Set(said.map(({ receipt }) => receipt)).size, said.length);
}

function comparePrinted(printed: PrintedReport, book: ShiftBook, same: Same): void {
  const { title } = printed;
  same(`${title}: sales`, printed.saleCount, book.saleCount);
  same(`${title}: sum of sales`, printed.salesMinor, book.salesMinor);
  same(`${title}: returns`, printed.returnCount, book.returnCount);
  same(`${title}: sum of returns`, printed.returnsMinor, 0 - book.returnsMinor);
  same(`${title}: turnover`, printed.netMinor, book.salesMinor - book.returnsMinor);
  same(`${title}: voids`, printed.voidCount, book.voidCount);
  if (title !== "X") return;
  same("X: what the drawer should hold", printed.expectedMinor, null);
}

function compareShift(seen: SeenDay, book: ShiftBook, index: number, same: Same): void {
  const title = `Z ${index + 1}`;
  const netMinor = book.salesMinor - book.returnsMinor;
  const expectedMinor = book.floatMinor + netMinor;
  const offMinor = seen.offMinor[index] ?? 0;
  const printed = seen.zs[index];
  if (printed === undefined) same(`${title} on paper`, "missing", "there");
  else {
    comparePrinted(printed, book, same);
    same(`${title}: expected`, printed.expectedMinor, expectedMinor);
    same(`${title}: counted`, printed.countedMinor, expectedMinor - offMinor);
    same(`${title}: difference`, printed.differenceMinor, offMinor === 0 ? 0 : -offMinor);
  }
  for (const [who, records] of [
    ["journal", seen.journal],
    ["headquarters", seen.office],
  ] as const) {
    const closed = records.shifts[index];
    same(`${title} in the ${who}'s records: number`, closed?.zNumber, index + 1);
    same(`${title} in the ${who}'s records: sales`, closed?.report.salesMinor, book.salesMinor);
    same(`${title} in the ${who}'s records: returns`, closed?.report.returnsMinor, book.returnsMinor);
    same(`${title} in the ${who}'s records: expected`, closed?.report.expectedMinor, expectedMinor);
  }
  const line = seen.report.shifts.find(({ zNumber }) => zNumber === index + 1);
  same(`${title} at headquarters: agrees`, line?.agrees, true);
  same(`${title} at headquarters: turnover`, line?.net, decimal(netMinor));
  same(`${title} at headquarters: turnover held`, line?.heldNet, decimal(netMinor));
  same(`${title} at headquarters: sales`, line?.saleCount, book.saleCount);
  same(`${title} at headquarters: returns`, line?.returnCount, book.returnCount);
  same(`${title} at headquarters: difference`, line?.difference, decimal(0 - offMinor));
}

function compareReport({ report, books, size, said }: SeenDay, same: Same): void {
  const netMinor = said.reduce((sum, { amountMinor }) => sum + amountMinor, 0);
  same("headquarters: turnover", report.net, decimal(netMinor));
  same("headquarters: cash", report.tenders[0]?.amount, decimal(netMinor));
  same("headquarters: sales", report.saleCount, size.orderCount - size.voidCount);
  same("headquarters: returns", report.returnCount, size.returnCount);
  same("headquarters: orders", report.orderCount, size.orderCount + size.returnCount);
  same("headquarters: shifts", report.shifts.length, books.length);
  same("headquarters: records not counted", report.lagCount + report.heldRecordCount, 0);
  same("headquarters: records in quarantine", report.quarantineCount, 0);
  same("headquarters: closings that differ from their view", report.views.differs, 0);
  same("headquarters: alarms", report.alarms.map(({ code }) => code).join(" "), "");
}

/** Numbers that a series leaves out or has twice. */
export function gapsOf({ receipts }: DayRecords): Gaps {
  const series = new Map<string, number[]>();
  for (const { receipt } of receipts) {
    const at = receipt.lastIndexOf("-");
    const name = receipt.slice(0, at);
    series.set(name, [...(series.get(name) ?? []), Number(receipt.slice(at + 1))]);
  }
  let [missingCount, doubledCount] = [0, 0];
  for (const numbers of series.values()) {
    const distinct = new Set(numbers);
    missingCount += Math.max(...numbers) - distinct.size;
    doubledCount += numbers.length - distinct.size;
  }
  return { missingCount, doubledCount };
}

function compareReceipts(who: string, records: DayRecords, said: readonly Said[], same: Same): void {
  const held = new Map(records.receipts.map(({ receipt, totalMinor }) => [receipt, totalMinor]));
  same(`receipts at ${who}`, held.size, said.length);
  for (const { receipt, amountMinor } of said) same(`${receipt} at ${who}`, held.get(receipt), amountMinor);
}

/** Receipts that came to no paper, and those that came to more than one without a mark. */
export function paperGaps(papers: SeenDay["papers"]): Gaps {
  const all = [...papers.values()];
  return {
    missingCount: all.filter(({ unmarkedCount, markedCount }) => unmarkedCount + markedCount === 0).length,
    doubledCount: all.filter(({ unmarkedCount }) => unmarkedCount > 1).length,
  };
}

/** Minor units of a currency with two decimals as headquarters writes them. */
function decimal(amountMinor: number): string {
  const digits = String(Math.abs(amountMinor)).padStart(3, "0");
  return `${amountMinor < 0 ? "-" : ""}${digits.slice(0, -2)}.${digits.slice(-2)}`;
}

/**
 * A reader's end of day beside the journal: every difference by its name. Pure, of totals alone and of
 * the few tenders that could explain them; docs/READERS.md says the kinds in words.
 *
 * C1 A tender explains a difference only where what is left of it is nothing, or one payment; so what is
 *    named is what the totals show, and what nothing explains is a case of its own.
 * C2 What nobody knows, and money that nobody asked for, is a case whether or not the totals show it.
 * C3 A payment that was wholly taken back may be in a reader's count not at all, once or twice.
 */
import { DAY_CASES_COUNT_MAX } from "../limits.ts";
import { minor, sumWithin } from "../money.ts";
import type { OrderId, TenderId } from "../ids.ts";
import type { DayBrand, DayCase, ReaderTotal } from "./events.ts";

/** Why the reader may have counted a tender otherwise than the journal. */
export type DaySuspectKind = "unknown" | "orphan" | "judged_charged" | "judged_not_charged" | "offline";

/** A tender that would change the journal's sums to the reader's, if it is as suspected. */
export interface DaySuspect {
  readonly kind: DaySuspectKind;
  readonly order: OrderId;
  readonly tender: TenderId;
  /** Empty fits every brand. */
  readonly brand: string;
  /** What the reader has more than the journal: below 0 where it has less. */
  readonly count: 1 | -1;
  readonly amountMinor: number;
  /** C2. */
  readonly isAlwaysNamed: boolean;
}

/** A payment or refund of the period, for naming the one that alone explains a difference. */
export interface DayTender {
  readonly order: OrderId;
  readonly tender: TenderId;
  readonly brand: string;
  readonly amountMinor: number;
  /** Whether the journal counted it. */
  readonly isCaptured: boolean;
}

/** What is compared. */
export interface DayFacts {
  readonly totals: readonly ReaderTotal[];
  readonly journal: readonly DayBrand[];
  readonly suspects: readonly DaySuspect[];
  readonly tenders: readonly DayTender[];
}

/** Suspects together that may explain one brand. */
const TOGETHER_COUNT_MAX = 3;

interface Row {
  readonly brand: string;
  readonly readerCount: number;
  readonly readerMinor: number;
  readonly journal: readonly DayBrand[];
  /** False of a reader that says a sum and no count. */
  readonly hasCount: boolean;
}

interface Difference {
  readonly count: number;
  readonly amountMinor: number;
}

/** See the header; the order is that of the reader's brands, then of tenders that nothing shows. */
export function dayCases({ totals, journal, suspects, tenders }: DayFacts): readonly DayCase[] {
  const cases: DayCase[] = [];
  const free = [...suspects];
  for (const row of rowsOf(totals, journal)) {
    const difference = differenceOf(row);
    const explained = explain(row, difference, free, tenders);
    for (const suspect of explained.suspects) {
      free.splice(free.indexOf(suspect), 1);
      cases.push(suspectCase(suspect, row.brand, suspect.count > 0));
    }
    if (!isNothing(explained.left, row)) cases.push(rowCase(row, explained.left, explained.alone));
  }
  const unseen = free.filter((its) => its.isAlwaysNamed).map((its) => suspectCase(its, its.brand, false));
  return [...cases, ...unseen].slice(0, DAY_CASES_COUNT_MAX);
}

/** Rows of a report: the reader's brands with the journal's money beside each. */
export function dayRows(
  totals: readonly ReaderTotal[],
  journal: readonly DayBrand[],
): readonly {
  readonly brand: string;
  readonly readerCount: number;
  readonly readerMinor: number;
  readonly journalCount: number;
  readonly journalMinor: number;
}[] {
  return rowsOf(totals, journal).map((row) => ({
    brand: row.brand,
    readerCount: row.readerCount,
    readerMinor: row.readerMinor,
    journalCount: journalCount(row),
    journalMinor: sumWithin(row.journal.map((its) => its.amountMinor)),
  }));
}

// Each of the journal's brands goes to the reader's row of that name, else to its "other", else to its
// only sum, else to a row where the reader has nothing.
function rowsOf(totals: readonly ReaderTotal[], journal: readonly DayBrand[]): readonly Row[] {
  const names = [...new Set(totals.map(({ brand }) => plain(brand)))];
  const placeOf = (brand: string): string => {
    const name = plain(brand);
    if (names.includes(name)) return name;
    return names.find((its) => OTHERS.has(its)) ?? (names.length === 1 && names[0] === "" ? "" : name);
  };
  const places = [...new Set([...names, ...journal.map(({ brand }) => placeOf(brand))])];
  return places.map((place) => {
    const here = totals.filter(({ brand }) => plain(brand) === place);
    const own = journal.filter(({ brand }) => placeOf(brand) === place);
    const readerCount = here.reduce((sum, { count }) => sum + count, 0);
    const readerMinor = sumWithin(here.map(({ amountMinor }) => amountMinor));
    const hasCount = readerCount > 0 || readerMinor === 0;
    return {
      brand: here[0]?.brand ?? own[0]?.brand ?? "",
      ...{ readerCount, readerMinor, journal: own, hasCount },
    };
  });
}

const OTHERS: ReadonlySet<string> = new Set(["other", "others"]);

/** Names that readers of one house give to one brand. */
const ALIASES: ReadonlyMap<string, string> = new Map([
  ["eccard", "girocard"],
  ["ec", "girocard"],
  ["electroniccash", "girocard"],
  ["eurocard", "mastercard"],
  ["amex", "americanexpress"],
  ["dinersclub", "diners"],
]);

function plain(brand: string): string {
  const name = brand.toLowerCase().replaceAll(/[^\p{L}\p{N}]/gu, "");
  return ALIASES.get(name) ?? name;
}

function journalCount({ journal }: Row): number {
  return journal.reduce((sum, { count }) => sum + count, 0);
}

function differenceOf(row: Row): Difference {
  return {
    count: row.hasCount ? row.readerCount - journalCount(row) : 0,
    amountMinor: row.readerMinor - sumWithin(row.journal.map(({ amountMinor }) => amountMinor)),
  };
}

function isNothing({ count, amountMinor }: Difference, row: Row): boolean {
  if (amountMinor !== 0) return false;
  // C3
  const backCount = row.journal.reduce((sum, its) => sum + its.backCount, 0);
  return !row.hasCount || (count >= 0 && count <= 2 * backCount);
}

interface Explained {
  readonly suspects: readonly DaySuspect[];
  readonly left: Difference;
  readonly alone: DayTender | null;
}

// C1: as few suspects as possible; none with one payment goes before any with one.
function explain(
  row: Row,
  whole: Difference,
  free: readonly DaySuspect[],
  tenders: readonly DayTender[],
): Explained {
  const unexplained: Explained = { suspects: [], left: whole, alone: null };
  if (isNothing(whole, row)) return unexplained;
  const fitting = free.filter(({ brand }) => brand === "" || isOfRow(brand, row));
  const groups = groupsOf(fitting).map((suspects) => ({ suspects, left: without(whole, suspects, row) }));
  const exact = groups.find(({ left }) => isNothing(left, row));
  if (exact !== undefined) return { ...exact, alone: null };
  for (const { suspects, left } of [{ suspects: [], left: whole }, ...groups]) {
    const alone = onlyTender(row, left, tenders);
    if (alone !== null) return { suspects, left, alone };
  }
  return unexplained;
}

function isOfRow(brand: string, row: Row): boolean {
  return plain(brand) === plain(row.brand) || row.journal.some((its) => plain(its.brand) === plain(brand));
}

/** Every group of up to TOGETHER_COUNT_MAX of them, smaller ones first. */
function groupsOf(suspects: readonly DaySuspect[]): readonly (readonly DaySuspect[])[] {
  let groups: (readonly number[])[] = suspects.map((_its, index) => [index]);
  const all = [...groups];
  for (let size = 2; size <= TOGETHER_COUNT_MAX; size++) {
    groups = groups.flatMap((group) =>
      suspects.flatMap((_its, index) => (index > (group.at(-1) ?? 0) ? [[...group, index]] : [])),
    );
    all.push(...groups);
  }
  return all.map((group) => suspects.filter((_its, index) => group.includes(index)));
}

function without(whole: Difference, suspects: readonly DaySuspect[], row: Row): Difference {
  const count = suspects.reduce((sum, its) => sum + its.count, 0);
  return {
    count: row.hasCount ? whole.count - count : 0,
    amountMinor: suspects.reduce((sum, its) => sum - its.amountMinor, whole.amountMinor),
  };
}

// One that the reader lacks, or one that it has though the journal says that no money moved.
function onlyTender(row: Row, left: Difference, tenders: readonly DayTender[]): DayTender | null {
  const lacks = !row.hasCount || left.count === -1;
  const has = !row.hasCount || left.count === 1;
  const found = tenders.filter(({ isCaptured, amountMinor, brand }) =>
    isCaptured
      ? lacks && amountMinor === -left.amountMinor && isOfRow(brand, row)
      : has && amountMinor === left.amountMinor && (brand === "" || isOfRow(brand, row)),
  );
  return found.length === 1 ? (found[0] ?? null) : null;
}

function rowCase(row: Row, left: Difference, alone: DayTender | null): DayCase {
  const kind = left.amountMinor > 0 ? "reader_more" : left.amountMinor < 0 ? "journal_more" : "count_differs";
  return {
    kind,
    brand: row.brand,
    readerCount: row.readerCount,
    journalCount: Math.max(0, row.hasCount ? row.readerCount - left.count : journalCount(row)),
    amountMinor: minor(left.amountMinor),
    isAtReader: left.amountMinor > 0,
    order: alone?.order ?? null,
    tender: alone?.tender ?? null,
  };
}

function suspectCase(suspect: DaySuspect, brand: string, isAtReader: boolean): DayCase {
  const { kind, order, tender } = suspect;
  const amountMinor = minor(suspect.count < 0 ? -suspect.amountMinor : suspect.amountMinor);
  const isCounted = suspect.count < 0;
  return {
    ...{ kind, brand, amountMinor, isAtReader, order, tender },
    readerCount: isAtReader ? 1 : 0,
    journalCount: isCounted ? 1 : 0,
  };
}

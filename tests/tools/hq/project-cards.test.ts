/** Which records of cards the console lists, and how a day's differences travel in one text. */
import { expect, test } from "vitest";
import { eventIdFrom } from "../../../core/ids.ts";
import { minor, ZERO } from "../../../core/money.ts";
import type { ReaderDayClosed } from "../../../core/tender/events.ts";
import { dayCasesIn, saidOfCards } from "../../../tools/hq/project-cards.ts";

const ID = eventIdFrom("A/00112233445566ff/7");
const DAY: ReaderDayClosed = {
  type: "reader_day_closed",
  reader: "r1",
  serial: "68001234",
  totals: [],
  journal: [],
  cases: [],
  journalCount: 0,
  journalMinor: ZERO,
};

test("a day that agrees is no case; what differs is said by kind, money and brand", () => {
  expect(saidOfCards(DAY)).toBeNull();
  const one = { readerCount: 1, journalCount: 0, isAtReader: true, order: null, tender: null } as const;
  const said = saidOfCards({
    ...DAY,
    cases: [
      { ...one, kind: "reader_more", brand: "American Express; gold", amountMinor: minor(150) },
      { ...one, kind: "journal_more", brand: "", amountMinor: minor(-20) },
    ],
  });
  expect(said).toEqual({
    type: "reader_day_closed",
    subject: "r1 68001234",
    detail: "reader_more 150 American Express, gold; journal_more -20",
  });
  expect(dayCasesIn(said?.detail ?? "")).toEqual([
    { kind: "reader_more", minor: "150", brand: "American Express, gold" },
    { kind: "journal_more", minor: "-20", brand: "" },
  ]);
  expect(dayCasesIn("of_a_newer_release 12 Visa; reader_more x")).toEqual([]);
});

test("an offline card is a case once it was declined", () => {
  if (ID === null) throw new Error("not an id");
  const said = { type: "tender_forwarded", order: ID, tender: ID, code: "reader/declined" } as const;
  expect(saidOfCards({ ...said, as: "captured" })).toBeNull();
  expect(saidOfCards({ ...said, as: "declined" })).toMatchObject({ order: ID, subject: ID });
});

/** A reader's end of day beside the journal: which differences are named, and how. */
import { expect, test } from "vitest";
import { eventIdFrom } from "../../../core/ids.ts";
import type { EventId } from "../../../core/ids.ts";
import { minor } from "../../../core/money.ts";
import { dayCases, dayRows } from "../../../core/tender/day-cases.ts";
import type { DayTender, DaySuspect, DaySuspectKind } from "../../../core/tender/day-cases.ts";
import type { DayBrand, DayCase, ReaderTotal } from "../../../core/tender/events.ts";

function id(seq: number): EventId {
  const found = eventIdFrom(`A/00112233445566ff/${seq}`);
  if (found === null) throw new Error("id: no event's");
  return found;
}

function total(brand: string, count: number, amountMinor: number): ReaderTotal {
  return { brand, count, amountMinor: minor(amountMinor) };
}

function booked(brand: string, count: number, amountMinor: number, backCount = 0): DayBrand {
  return { ...total(brand, count, amountMinor), backCount };
}

function suspect(kind: DaySuspectKind, seq: number, amountMinor: number, brand = ""): DaySuspect {
  const isLess = kind === "judged_charged" || kind === "offline";
  const isAlwaysNamed = kind === "unknown" || kind === "orphan";
  const signed = isLess ? -amountMinor : amountMinor;
  const count = isLess ? -1 : 1;
  return { kind, order: id(seq), tender: id(seq), brand, count, amountMinor: signed, isAlwaysNamed };
}

function paid(seq: number, amountMinor: number, brand = "girocard", isCaptured = true): DayTender {
  return { order: id(seq), tender: id(seq), brand, amountMinor, isCaptured };
}

const said = (cases: readonly DayCase[]): readonly string[] =>
  cases.map(({ kind, brand, amountMinor, isAtReader, tender }) =>
    [kind, brand, amountMinor, isAtReader ? "at reader" : "", tender?.split("/")[2] ?? ""]
      .filter((word) => word !== "")
      .join(" "),
  );

const GIRO = [booked("girocard", 3, 900)];

test.each<
  readonly [
    what: string,
    totals: readonly ReaderTotal[],
    journal: readonly DayBrand[],
    suspects: readonly DaySuspect[],
    tenders: readonly DayTender[],
    cases: readonly string[],
  ]
>([
  ["both agree", [total("girocard", 3, 900)], GIRO, [], [], []],
  ["nothing was sold", [], [], [], [], []],
  ["two names of one brand", [total("EC-Card", 3, 900)], GIRO, [], [], []],
  ["a brand of the reader's rest", [total("other", 1, 50)], [booked("WeiCard", 1, 50)], [], [], []],
  [
    "a sum without count",
    [total("", 0, 950)],
    [booked("girocard", 3, 900), booked("Visa", 1, 50)],
    [],
    [],
    [],
  ],
  ["the reader has more", [total("girocard", 4, 1100)], GIRO, [], [], ["reader_more girocard 200 at reader"]],
  ["the journal has more", [total("girocard", 2, 700)], GIRO, [], [], ["journal_more girocard -200"]],
  ["a brand that the reader lacks", [], GIRO, [], [], ["journal_more girocard -900"]],
  ["a count alone differs", [total("girocard", 4, 900)], GIRO, [], [], ["count_differs girocard 0"]],
  [
    "a pair that was taken back, not counted",
    [total("girocard", 3, 900)],
    [booked("girocard", 3, 900, 1)],
    [],
    [],
    [],
  ],
  [
    "a pair that was taken back, counted twice",
    [total("girocard", 5, 900)],
    [booked("girocard", 3, 900, 1)],
    [],
    [],
    [],
  ],
  [
    "a pair counted three times",
    [total("girocard", 6, 900)],
    [booked("girocard", 3, 900, 1)],
    [],
    [],
    ["count_differs girocard 0"],
  ],
  [
    "the payment that the reader lacks is named where only one has its amount",
    [total("girocard", 2, 600)],
    GIRO,
    [],
    [paid(1, 300), paid(2, 250), paid(3, 350)],
    ["journal_more girocard -300 1"],
  ],
  [
    "and not where two have",
    [total("girocard", 2, 600)],
    GIRO,
    [],
    [paid(1, 300), paid(2, 300), paid(3, 300)],
    ["journal_more girocard -300"],
  ],
  [
    "a payment that the reader took though it was declined here",
    [total("girocard", 4, 1150)],
    GIRO,
    [],
    [paid(9, 250, "", false)],
    ["reader_more girocard 250 at reader 9"],
  ],
  [
    "an unknown that the reader has",
    [total("girocard", 4, 1150)],
    GIRO,
    [suspect("unknown", 7, 250)],
    [],
    ["unknown girocard 250 at reader 7"],
  ],
  [
    "an unknown that the totals do not show is still a case",
    [total("girocard", 3, 900)],
    GIRO,
    [suspect("unknown", 7, 250)],
    [],
    ["unknown 250 7"],
  ],
  [
    "an orphan that the reader counted",
    [total("girocard", 4, 901)],
    GIRO,
    [suspect("orphan", 8, 1, "girocard")],
    [],
    ["orphan girocard 1 at reader 8"],
  ],
  [
    "what a person said was charged and the reader lacks",
    [total("girocard", 2, 700)],
    GIRO,
    [suspect("judged_charged", 5, 200)],
    [],
    ["judged_charged girocard 200 5"],
  ],
  [
    "what a person said was not charged and the reader has",
    [total("girocard", 4, 1100)],
    GIRO,
    [suspect("judged_not_charged", 6, 200)],
    [],
    ["judged_not_charged girocard 200 at reader 6"],
  ],
  [
    "a right judgement and an offline card that arrived are no cases",
    [total("girocard", 3, 900)],
    GIRO,
    [suspect("judged_not_charged", 6, 200), suspect("offline", 5, 300)],
    [],
    [],
  ],
  [
    "an offline card that never came to the host",
    [total("girocard", 2, 600)],
    GIRO,
    [suspect("offline", 5, 300)],
    [],
    ["offline girocard 300 5"],
  ],
  [
    "an orphan and a missing payment of one brand are told apart",
    [total("girocard", 3, 1100)],
    GIRO,
    [suspect("orphan", 8, 700, "girocard")],
    [paid(1, 500), paid(2, 150), paid(3, 250)],
    ["orphan girocard 700 at reader 8", "journal_more girocard -500 1"],
  ],
  [
    "a suspect of another amount explains nothing",
    [total("girocard", 4, 1100)],
    GIRO,
    [suspect("unknown", 7, 250)],
    [],
    ["reader_more girocard 200 at reader", "unknown 250 7"],
  ],
])("%s", (_what, totals, journal, suspects, tenders, cases) => {
  expect(said(dayCases({ totals, journal, suspects, tenders }))).toEqual(cases);
});

test("the journal's money stands beside the reader's, by the reader's brands", () => {
  const rows = dayRows(
    [total("girocard", 3, 900), total("other", 0, 0)],
    [booked("ec", 2, 600), booked("Girocard", 1, 300), booked("UnionPay", 1, 50)],
  );
  expect(rows).toEqual([
    { brand: "girocard", readerCount: 3, readerMinor: 900, journalCount: 3, journalMinor: 900 },
    { brand: "other", readerCount: 0, readerMinor: 0, journalCount: 1, journalMinor: 50 },
  ]);
});

test("300 mixed payments with six planted differences have exactly these six cases", () => {
  const brands = ["girocard", "Visa", "Mastercard", "Diners", "JCB", "other"];
  const tenders = Array.from({ length: 300 }, (_none, index) => {
    const isRefund = index % 25 === 24;
    const amountMinor = isRefund ? -(100 + index) : 500 + ((index * 7919) % 20_011);
    return paid(index + 1, amountMinor, brands[index % brands.length] ?? "");
  });
  const journal = brands.map((brand) => {
    const own = tenders.filter((its) => its.brand === brand);
    return booked(
      brand,
      own.length,
      own.reduce((sum, its) => sum + its.amountMinor, 0),
      1,
    );
  });
  const missing = tenders.find(({ brand, amountMinor }) => brand === "Visa" && amountMinor > 0);
  if (missing === undefined) throw new Error("No payment by Visa");
  const planted: Readonly<Record<string, readonly [count: number, amountMinor: number]>> = {
    girocard: [1, 1234],
    Visa: [-1, -missing.amountMinor],
    Mastercard: [1, 4321],
    Diners: [-1, -777],
    JCB: [4, 0],
    other: [1, 99],
  };
  const totals = journal.map(({ brand, count, amountMinor }) => {
    const [more = 0, moreMinor = 0] = planted[brand] ?? [];
    return total(brand, count + more, amountMinor + moreMinor);
  });
  const suspects = [
    suspect("unknown", 901, 1234),
    suspect("judged_charged", 902, 777),
    suspect("orphan", 903, 99, "other"),
    suspect("judged_not_charged", 904, 5555),
  ];
  expect(said(dayCases({ totals, journal, suspects, tenders }))).toEqual([
    "unknown girocard 1234 at reader 901",
    `journal_more Visa ${-missing.amountMinor} ${missing.tender.split("/")[2] ?? ""}`,
    "reader_more Mastercard 4321 at reader",
    "judged_charged Diners 777 902",
    "count_differs JCB 0",
    "orphan other 99 at reader 903",
  ]);
});

/** The newest day close of each reader as a page is told of it, over the wire and after a start. */
import { expect, test } from "vitest";

import { carriedEvents } from "../../../core/checkpoint.ts";
import { evolveCarried } from "../../../core/evolve.ts";
import { epochId } from "../../../core/ids.ts";
import { minor } from "../../../core/money.ts";
import { emptyState } from "../../../core/state.ts";
import { FieldReader } from "../../../runtime/ui/fields.ts";
import { readerDays } from "../../../runtime/ui/view-reader-day.ts";
import { readReaderDay } from "../../../runtime/ui/wire-reader-day.ts";
import { CardTill } from "../../support/card-world.ts";

function closedDay(): CardTill {
  const till = new CardTill();
  const card = till.ask(till.sell("tea"));
  till.approve(card);
  till.capture(card);
  const totals = [{ brand: "Visa", count: 1, amountMinor: minor(999) }];
  till.yes({ type: "close_reader_day", reader: "r1", serial: card.serial, totals });
  return till;
}

test("a day says the reader's money, the journal's beside it, and what people call the order of a case", () => {
  const { state } = closedDay().writer;
  expect(readerDays(state, 0, 0)).toEqual([]);
  const [day] = readerDays(state, state.seq, 0);
  expect(day?.rows).toEqual([
    { brand: "Visa", readerCount: 1, readerMinor: 999, journalCount: 0, journalMinor: 0 },
    { brand: "girocard", readerCount: 0, readerMinor: 0, journalCount: 1, journalMinor: 250 },
  ]);
  expect(day?.cases.map(({ kind, amountMinor, label }) => [kind, amountMinor, label])).toEqual([
    ["reader_more", 999, ""],
    ["journal_more", -250, expect.stringMatching(/^A-/)],
  ]);
  expect(readReaderDay(new FieldReader(JSON.parse(JSON.stringify(day)), ""))).toEqual(day);
});

test("a checkpoint carries the newest day, so that a start shows it as before", () => {
  const { state } = closedDay().writer;
  const anew = emptyState(state.terminal, epochId("00000000000000ff"));
  for (const recorded of carriedEvents(state)) evolveCarried(anew, recorded);
  expect([...anew.readerDays.values()]).toEqual([...state.readerDays.values()]);
  expect(anew.readers.size).toBe(0);
});

test("a day with a field too many, or a case of no known kind, is refused", () => {
  const { state } = closedDay().writer;
  const [day] = readerDays(state, state.seq, 0);
  const from = new FieldReader({ ...day, more: 1 }, "");
  readReaderDay(from);
  expect(() => from.end()).toThrow("wire/unknown_field");
  const cases = [{ ...day?.cases[0], kind: "other" }];
  expect(() => readReaderDay(new FieldReader({ ...day, cases }, ""))).toThrow("wire/wrong_field");
});

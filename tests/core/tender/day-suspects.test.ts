/** What a terminal's orders know that could explain a reader's end of day; from the close of the day before. */
import { expect, test } from "vitest";
import { minor } from "../../../core/money.ts";
import type { ReaderTotal } from "../../../core/tender/events.ts";
import { daySuspects } from "../../../core/tender/day-suspects.ts";
import type { Event } from "../../../core/types.ts";
import { CardTill, idsOf, moneyOf } from "../../support/card-world.ts";

const SERIAL = "68000001";

function close(
  till: CardTill,
  totals: readonly ReaderTotal[] = [],
): Extract<Event, { type: "reader_day_closed" }> {
  const [event] = till.yes({ type: "close_reader_day", reader: "r1", serial: SERIAL, totals });
  if (event?.type !== "reader_day_closed") throw new Error("close: no day was closed");
  return event;
}

function pay(till: CardTill, reference: string): void {
  const card = till.ask(till.sell("tea"));
  till.approve(card, { reference });
  till.capture(card);
}

test("what is not known, moved other money or was decided by a person is suspected; a finished sale is a payment", () => {
  const till = new CardTill();
  pay(till, "1");
  const declined = till.ask(till.sell("bun"));
  till.decline(declined);
  const judged = till.ask(till.sell("tea"));
  till.settle(judged, "unanswerable");
  till.yes({ type: "judge_tender", ...idsOf(judged), as: "captured", reason: "slip" });
  const denied = till.ask(till.sell("tea"));
  till.settle(denied, "unanswerable");
  till.yes({ type: "judge_tender", ...idsOf(denied), as: "failed", reason: "bank" });
  const orphaned = till.ask(till.sell("tea"));
  till.decline(orphaned);
  till.approve(orphaned, { amountMinor: 999, reference: "2" });
  const unknown = till.ask(till.sell("tea"));
  till.doubt(unknown);
  const { suspects, tenders } = daySuspects(till.writer.state, SERIAL);
  expect(
    suspects.map(({ kind, count, amountMinor, isAlwaysNamed }) => [kind, count, amountMinor, isAlwaysNamed]),
  ).toEqual([
    ["judged_charged", -1, -250, false],
    ["judged_not_charged", 1, 250, false],
    ["orphan", 1, 999, true],
    ["unknown", 1, 250, true],
  ]);
  expect(tenders.map(({ amountMinor, isCaptured }) => [amountMinor, isCaptured])).toEqual([
    [250, true],
    [120, false],
    [250, false],
  ]);
  expect(daySuspects(till.writer.state, "68009999")).toEqual({ suspects: [], tenders: [] });
});

test("a day names its cases in its event, and the next day begins with what is still not known", () => {
  const till = new CardTill();
  pay(till, "1");
  pay(till, "2");
  const unknown = till.ask(till.sell("tea"));
  till.doubt(unknown);
  const first = close(till, [{ brand: "girocard", count: 2, amountMinor: minor(500) }]);
  expect(first.journal).toEqual([{ brand: "girocard", count: 2, amountMinor: 500, backCount: 0 }]);
  expect(first.cases).toMatchObject([{ kind: "unknown", tender: unknown.id, isAtReader: false }]);
  expect(till.writer.state.readerDays.get(SERIAL)?.event).toEqual(first);
  const second = close(till, [{ brand: "girocard", count: 1, amountMinor: minor(250) }]);
  expect(second.cases).toMatchObject([{ kind: "unknown", tender: unknown.id, isAtReader: true }]);
  till.settle(unknown, "found", { money: moneyOf(unknown) });
  expect(close(till).cases).toMatchObject([{ kind: "journal_more", amountMinor: -250 }]);
  expect(close(till).cases).toEqual([]);
});

test("a payment that was taken back stands in no sum, and its pair is told", () => {
  const till = new CardTill();
  const order = till.sell("tea", "bun");
  const card = till.ask(order, 100);
  till.approve(card, { reference: "1" });
  till.capture(card);
  till.yes({ type: "reverse_card", order, tender: card.id, serial: SERIAL });
  const back = till.card(order);
  till.approve(back, { reference: "2" });
  till.capture(back);
  expect(daySuspects(till.writer.state, SERIAL).tenders).toEqual([]);
  expect(close(till).journal).toEqual([{ brand: "girocard", count: 0, amountMinor: 0, backCount: 1 }]);
});

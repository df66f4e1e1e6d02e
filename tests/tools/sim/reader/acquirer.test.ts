/** The ledger of the simulated acquirer: what stands, what does not, and that a name is one request. */

import { expect, test } from "vitest";
import { Acquirer, memoryLedgerStore } from "../../../../tools/sim/reader/acquirer.ts";
import type { AcquirerRequest } from "../../../../tools/sim/reader/acquirer.ts";
import { CARDS, lastFourOf } from "../../../../tools/sim/reader/cards.ts";

const CARD = { brand: "Visa", lastFour: "1111" };

function business(
  kind: "authorise" | "reserve" | "refund",
  ref: string,
  amountMinor: number,
): AcquirerRequest {
  return { kind, ref, amountMinor, currency: "EUR", card: CARD, issuerCode: 0 };
}

function states(acquirer: Acquirer): readonly string[] {
  return acquirer.list().map((its) => `${its.ref} ${its.kind} ${its.state} ${its.amountMinor}`);
}

test("the same reference of a terminal is one authorisation, however often it is asked for", () => {
  const acquirer = new Acquirer(memoryLedgerStore());
  const first = acquirer.ask("T", business("authorise", "1", 1340));
  expect(acquirer.ask("T", business("authorise", "1", 1340))).toEqual(first);
  expect(acquirer.ask("U", business("authorise", "1", 500))).not.toEqual(first);
  expect(states(acquirer)).toEqual(["1 authorised stands 1340", "1 authorised stands 500"]);
});

test("a reversal takes an authorisation back once, and says so again when it is asked again", () => {
  const acquirer = new Acquirer(memoryLedgerStore());
  acquirer.ask("T", business("authorise", "1", 1340));
  const reversal = { kind: "reverse", ref: "2", of: "1", reason: "lost" } as const;
  expect(acquirer.ask("T", reversal)).toEqual({ kind: "approved", id: 2 });
  expect(acquirer.ask("T", { ...reversal, ref: "3" })).toEqual({ kind: "approved", id: 2 });
  expect(states(acquirer)).toEqual(["1 authorised reversed 1340"]);
  expect(acquirer.netMinor("EUR")).toBe(0);
});

test("an authorisation that its own reversal has overtaken is declined and moves no money", () => {
  const acquirer = new Acquirer(memoryLedgerStore());
  acquirer.ask("T", { kind: "reverse", ref: "2", of: "1", reason: "lost" });
  expect(acquirer.ask("T", business("authorise", "1", 1340)).kind).toBe("declined");
  expect(acquirer.netMinor("EUR")).toBe(0);
});

test("a refund takes money off, a reservation holds none until it is booked, and never more than it holds", () => {
  const acquirer = new Acquirer(memoryLedgerStore());
  acquirer.ask("T", business("authorise", "1", 1000));
  acquirer.ask("T", business("refund", "2", 300));
  acquirer.ask("T", business("reserve", "3", 5000));
  expect(acquirer.netMinor("EUR")).toBe(700);
  expect(acquirer.ask("T", { kind: "book", ref: "4", of: "3", amountMinor: 5001 }).kind).toBe("declined");
  expect(acquirer.ask("T", { kind: "book", ref: "5", of: "3", amountMinor: 4200 }).kind).toBe("approved");
  expect(acquirer.ask("T", { kind: "book", ref: "6", of: "3", amountMinor: 100 }).kind).toBe("declined");
  expect(acquirer.netMinor("EUR")).toBe(4900);
  expect(acquirer.netMinor("CNY")).toBe(0);
});

test("what the issuer declines is not in the ledger", () => {
  const acquirer = new Acquirer(memoryLedgerStore());
  const answer = acquirer.ask("T", {
    ...business("authorise", "1", 1000),
    issuerCode: 51,
  } as AcquirerRequest);
  expect(answer).toEqual({ kind: "declined", code: 51, text: "Limit exceeded" });
  expect(acquirer.entries()).toEqual([]);
});

test("a ledger that is opened anew over its store knows what it knew", () => {
  const store = memoryLedgerStore();
  const before = new Acquirer(store);
  before.ask("T", business("authorise", "1", 1000));
  before.ask("T", business("authorise", "2", 2000));
  before.ask("T", { kind: "reverse", ref: "3", of: "1", reason: "lost" });
  const after = new Acquirer(store);
  expect(after.list()).toEqual(before.list());
  expect(after.ask("T", business("authorise", "2", 2000))).toEqual({ kind: "approved", id: 2 });
});

test("no entry holds the number of a card", () => {
  const store = memoryLedgerStore();
  const acquirer = new Acquirer(store);
  for (const [index, card] of CARDS.entries()) {
    const facts = { brand: card.brand, lastFour: lastFourOf(card) };
    acquirer.ask("T", { ...business("authorise", String(index), 100), card: facts } as AcquirerRequest);
  }
  const text = JSON.stringify(store.load());
  expect(text.length).toBeGreaterThan(100);
  expect(CARDS.filter((card) => text.includes(card.pan))).toEqual([]);
});

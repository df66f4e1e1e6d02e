/**
 * The nexo driver against a simulated terminal in memory: what it promises as a Reader, whatever is cut.
 */

import { expect, test } from "vitest";
import { deferred } from "../../../support/deferred.ts";
import { FakeDesk, NexoWorld, POI_ID, requestOf, taps } from "../../../support/nexo-world.ts";
import type { NexoFault } from "../../../../tools/sim/reader/nexo/faults.ts";
import type { ReaderRequest } from "../../../../drivers/reader/reader.ts";

const on = (category: string, fault: NexoFault, nth = 1) => ({ category, nth, fault });
const inquiryOf = (request: ReaderRequest = requestOf()) => ({ request, serial: POI_ID });

test("a payment is taken before it is captured, and its slips come between", async () => {
  const world = new NexoWorld();
  expect(await world.reader.ready()).toEqual({ ok: true, identity: { model: "SIM100", serial: POI_ID } });
  const end = await world.run();
  expect(world.desk.results).toEqual([
    {
      reference: "S0001.0001X0001@2026-11-22T16:00:00.000Z",
      amountMinor: 1340,
      currency: "EUR",
      card: { brand: "Visa", lastFour: "1111", entry: "contactless", verification: "none" },
      authorisation: "000001",
      serial: POI_ID,
      isOffline: false,
    },
  ]);
  expect(end).toEqual({ kind: "captured", reference: "S0001.0001X0001@2026-11-22T16:00:00.000Z" });
  expect(world.desk.slips.map(({ copy }) => copy)).toEqual(["merchant", "customer"]);
  expect(world.desk.slips[0]?.lines.map(({ text }) => text)).toEqual([
    "MERCHANT COPY",
    "Card            ************1111",
    "Number **** **** **** 1111",
    "Pref. name                  Visa",
    "Tender           S0001.0001X0001",
    "TOTAL                    € 13.40",
    "APPROVED",
  ]);
  expect(world.acquirer.netMinor("EUR")).toBe(1340);
  expect(world.asked).toEqual(["Login", "Diagnosis", "Payment"]);
});

test("nothing that a reader hands over, and nothing that it keeps, holds the card number the terminal sent", async () => {
  const world = new NexoWorld({ isPlain: true });
  await world.run();
  await world.settle(world.reader.inquire(inquiryOf()));
  expect(world.sent.join("")).toContain("4111111111111111");
  const told = JSON.stringify([
    world.desk.results,
    world.desk.slips,
    world.desk.prompts,
    world.reader.state(),
  ]);
  expect(told.replaceAll(/[^0-9]/g, "")).not.toContain("411111111111");
  expect(told).not.toContain("2912");
});

test.each([
  ["declined", "reader/declined", "5 Declined by the issuer"],
  ["unreadable", "reader/card_unreadable", "Card cannot be read"],
  ["nobody", "reader/cancelled", "Shopper cancelled"],
])("%s ends as %s with the words of the terminal", async (cardKey, code, text) => {
  const world = new NexoWorld({ holder: taps(cardKey) });
  expect(await world.run()).toEqual({ kind: "declined", code, text });
  expect(world.desk.results).toEqual([]);
  expect(world.acquirer.netMinor("EUR")).toBe(0);
});

/** The answer of a payment that was approved is lost in some way; the question behind it finds it. */
const LOST: readonly NexoFault[] = [
  { kind: "cut_answer", atByte: 0 },
  { kind: "cut_answer", atByte: 500 },
  { kind: "late", delayMs: 200_000 },
  { kind: "twice" },
  { kind: "flip_bit", atByte: 300 },
  { kind: "other_serial" },
];
test.each(LOST)(
  "an approval whose answer is lost by %j is found by its ServiceID and asked for once",
  async (fault) => {
    const world = new NexoWorld({ faults: [on("Payment", fault)] });
    const end = await world.run();
    expect(end.kind).toBe("captured");
    expect(world.asked.filter((category) => category === "Payment")).toHaveLength(1);
    expect(world.acquirer.netMinor("EUR")).toBe(1340);
    expect(world.desk.results).toHaveLength(1);
  },
);

test("a request that never arrived ends unknown, and a question about it says absent after a second look", async () => {
  const world = new NexoWorld({ faults: [on("Payment", { kind: "cut_request", atByte: 10 })] });
  expect(await world.run()).toEqual({ kind: "unknown", code: "reader/link_lost" });
  const before = world.asked.length;
  expect(await world.settle(world.reader.inquire(inquiryOf()))).toEqual({ kind: "absent", serial: POI_ID });
  expect(world.asked.slice(before)).toEqual(["TransactionStatus", "TransactionStatus"]);
  expect(world.acquirer.netMinor("EUR")).toBe(0);
});

test("a terminal that says in progress is asked again until it is done", async () => {
  const inProgress = [1, 2, 3, 4, 5, 6].map((nth) => on("TransactionStatus", { kind: "in_progress" }, nth));
  const world = new NexoWorld({ faults: [on("Payment", { kind: "cut_answer", atByte: 1 }), ...inProgress] });
  expect((await world.run()).kind).toBe("captured");
  expect(world.asked.filter((category) => category === "TransactionStatus")).toHaveLength(7);
});

test("a terminal that says in progress for ever ends unknown, not declined", async () => {
  const inProgress = Array.from({ length: 200 }, (_, index) =>
    on("TransactionStatus", { kind: "in_progress" }, index + 1),
  );
  const world = new NexoWorld({ faults: [on("Payment", { kind: "cut_answer", atByte: 1 }), ...inProgress] });
  expect(await world.run()).toEqual({ kind: "unknown", code: "reader/link_lost" });
  expect(await world.reader.inquire(inquiryOf())).toEqual({ kind: "in_progress", serial: POI_ID });
});

test("a power cut between the acquirer's yes and the answer ends unknown, and is absent when the power is back", async () => {
  const world = new NexoWorld({ faults: [on("Payment", { kind: "power_off" })] });
  expect(await world.run()).toEqual({ kind: "unknown", code: "reader/link_lost" });
  expect(await world.reader.inquire(inquiryOf())).toEqual({
    kind: "unreachable",
    code: "reader/unreachable",
  });
  world.switchOn();
  expect(await world.settle(world.reader.inquire(inquiryOf()))).toEqual({ kind: "absent", serial: POI_ID });
  expect(world.acquirer.list().map(({ state }) => state)).toEqual(["reversed"]);
});

test("a word that no version of the protocol has is unknown, never declined, with reader/unknown_result", async () => {
  const words = [1, 2, 3, 4].map((nth) => on("TransactionStatus", { kind: "unknown_word" }, nth));
  const world = new NexoWorld({ faults: [on("Payment", { kind: "unknown_word" }), ...words] });
  expect(await world.run()).toEqual({ kind: "unknown", code: "reader/unknown_result" });
});

test("another amount is handed over as it was authorised, for the core to judge", async () => {
  const world = new NexoWorld({ faults: [on("Payment", { kind: "other_amount", amountMinor: 500 })] });
  world.desk.decision = "refuse";
  expect(await world.run()).toEqual({ kind: "unknown", code: "reader/unknown_result" });
  expect(world.desk.results.map(({ amountMinor }) => amountMinor)).toEqual([500]);
  expect(world.desk.slips).toEqual([]);
  const found = await world.reader.inquire(inquiryOf());
  expect(found).toMatchObject({ kind: "found", result: { amountMinor: 500 } });
});

test("a terminal that is off is not sent to, with reader/unreachable, and says so in its state", async () => {
  const world = new NexoWorld();
  world.isOn = false;
  expect(await world.reader.ready()).toEqual({ ok: false, code: "reader/unreachable" });
  expect(world.reader.state()).toMatchObject({ link: "down", problem: "reader/unreachable" });
  expect(await world.run()).toEqual({ kind: "not_sent", code: "reader/unreachable" });
});

test("cancel asks the terminal, and the terminal's answer ends it", async () => {
  const world = new NexoWorld({ holder: taps("visa", new Promise(() => {})) });
  const end = world.reader.begin(requestOf(), world.desk);
  await Promise.resolve();
  world.reader.cancel();
  world.reader.cancel();
  expect(await world.settle(end)).toEqual({
    kind: "declined",
    code: "reader/cancelled",
    text: "Cancelled by the till",
  });
  expect(world.asked).toEqual(["Payment", "Abort"]);
});

test("while a request runs nothing else is sent: reader/busy", async () => {
  const holder = deferred();
  const world = new NexoWorld({ holder: taps("visa", holder.promise) });
  const end = world.reader.begin(requestOf(), world.desk);
  expect(await world.reader.begin(requestOf({ ref: "x/y/8" }), new FakeDesk())).toEqual({
    kind: "not_sent",
    code: "reader/busy",
  });
  expect(await world.reader.ready()).toEqual({ ok: false, code: "reader/busy" });
  expect(await world.reader.inquire(inquiryOf(requestOf({ ref: "x/y/8" })))).toEqual({
    kind: "unreachable",
    code: "reader/busy",
  });
  expect((await world.reader.endOfDay(world.desk)).kind).toBe("failed");
  expect(world.asked).toEqual(["Payment"]);
  holder.resolve();
  expect((await world.settle(end)).kind).toBe("captured");
});

test("close ends what runs as unknown with reader/closed, and nothing is sent afterwards", async () => {
  const world = new NexoWorld({ holder: taps("visa", new Promise(() => {})) });
  const end = world.reader.begin(requestOf(), world.desk);
  await Promise.resolve();
  world.reader.close();
  world.reader.close();
  expect(await end).toEqual({ kind: "unknown", code: "reader/closed" });
  expect(await world.run()).toEqual({ kind: "not_sent", code: "reader/closed" });
  expect(world.asked).toEqual(["Payment"]);
});

test("a reversal names the original, and the acquirer holds nothing afterwards", async () => {
  const world = new NexoWorld();
  const paid = await world.run();
  const original = paid.kind === "captured" ? paid.reference : "";
  const reversed = await world.run(requestOf({ kind: "reverse", ref: "till-1/a/9", original }));
  expect(reversed.kind).toBe("captured");
  expect(world.acquirer.netMinor("EUR")).toBe(0);
  const again = await world.run(requestOf({ kind: "reverse", ref: "till-1/a/10", original }));
  expect(again).toMatchObject({ kind: "declined", code: "reader/unsupported" });
});

test("a refund of a part leaves the rest, and one without an original is a payment the other way round", async () => {
  const world = new NexoWorld();
  const paid = await world.run();
  const original = paid.kind === "captured" ? paid.reference : "";
  await world.run(requestOf({ kind: "refund", ref: "till-1/a/9", original, amountMinor: 340 }));
  expect(world.acquirer.netMinor("EUR")).toBe(1000);
  await world.run(requestOf({ kind: "refund", ref: "till-1/a/11", amountMinor: 1000 }));
  expect(world.acquirer.netMinor("EUR")).toBe(0);
  expect(await world.reader.endOfDay(world.desk)).toEqual({
    kind: "closed",
    serial: POI_ID,
    totals: [{ brand: "Visa", count: 3, amountMinor: 0 }],
  });
});

test("a reversal whose original has no time stamp is not sent: reader/unsupported_request", async () => {
  const world = new NexoWorld();
  const request = requestOf({ kind: "reverse", original: "4711" });
  expect(await world.run(request)).toEqual({ kind: "not_sent", code: "reader/unsupported_request" });
  expect(world.asked).toEqual([]);
});

test("a passphrase that cannot be one sends nothing: reader/unsupported_request", async () => {
  const world = new NexoWorld({ options: { key: { identifier: "k", version: 1, passphrase: "" } } });
  expect(world.reader.state().problem).toBe("reader/unsupported_request");
  expect(await world.run()).toEqual({ kind: "not_sent", code: "reader/unsupported_request" });
  expect(world.asked).toEqual([]);
});

test("yen have no decimals and dinars three, both ways", async () => {
  for (const [currency, amountMinor] of [
    ["JPY", 1340],
    ["BHD", 1345],
  ] as const) {
    const world = new NexoWorld();
    await world.run(requestOf({ currency, amountMinor }));
    expect(world.desk.results[0]).toMatchObject({ currency, amountMinor });
    expect(world.acquirer.netMinor(currency)).toBe(amountMinor);
  }
});

test("what goes wrong is counted by name", async () => {
  const world = new NexoWorld({
    faults: [on("Payment", { kind: "twice" }), on("TransactionStatus", { kind: "other_serial" })],
  });
  await world.run();
  expect(world.reader.state().counters).toEqual({
    posts: 3,
    broken: 2,
    inquiries: 2,
    "nexo/not_json": 1,
    other_terminal: 1,
  });
});

/** The driver on a simulated reader: payments to their end, what is refused, cancels, and what a cut leaves. */

import { expect, test } from "vitest";
import { NO_HOST_TEXT, neo2Capabilities } from "../../../../drivers/reader/neo2/driver.ts";
import { encodeFrame } from "../../../../drivers/reader/neo2/frame.ts";
import { reportsOf } from "../../../../drivers/reader/neo2/reports.ts";
import type { ReaderState } from "../../../../drivers/reader/reader.ts";
import { Neo2Device } from "../../../../tools/sim/neo2/device.ts";
import type { Gesture } from "../../../../tools/sim/neo2/device.ts";
import { memoryNeo2Store } from "../../../../tools/sim/neo2/memory.ts";
import { drive, neo2Rig, notedDesk, payRequest, settle } from "../../../support/neo2-rig.ts";

const TAP: Gesture = { kind: "present", card: "visa", entry: "tap" };
const SWIPE: Gesture = { kind: "present", card: "mastercard", entry: "swipe" };

test("ready says which reader it is, and asks nothing of a card", async () => {
  const { reader, timers, device } = neo2Rig();
  const identity = { model: "VP3300 USB NEO v1.01.136", serial: "630Z000001" };
  expect(await drive(timers, reader.ready())).toEqual({ ok: true, identity });
  expect(reader.state()).toMatchObject({ link: "ready", problem: null, identity });
  expect([device.isWaiting, device.memory().pollsOnDemand]).toEqual([false, true]);
});

test.each([
  [TAP, { brand: "Visa", entry: "contactless", verification: "none" }],
  [SWIPE, { brand: "", entry: "stripe", verification: "unknown" }],
])("%j is approved by the host, taken, and captured", async (gesture, card) => {
  const { reader, timers, acquirer } = neo2Rig({ gestures: [gesture] });
  const desk = notedDesk();
  const end = await drive(timers, reader.begin(payRequest(), desk));
  expect(end).toEqual({ kind: "captured", reference: "gw-1" });
  expect(desk.results).toMatchObject([
    { reference: "gw-1", amountMinor: 1_340, currency: "EUR", card, serial: "630Z000001", isOffline: false },
  ]);
  expect(desk.results[0]?.card.lastFour).toBe(acquirer.list()[0]?.card.lastFour);
  expect(desk.prompts.map(({ step, canCancel }) => [step, canCancel])).toEqual([
    ["connecting", true],
    ["present_card", true],
    ["processing", true],
    ["processing", false],
  ]);
  expect(acquirer.netMinor("EUR")).toBe(1_340);
});

test("a payment without a host is refused before the reader hears of it", async () => {
  const { reader, socket, device } = neo2Rig({ hasHost: false });
  const code = "reader/host_unreachable";
  expect(await reader.ready()).toEqual({ ok: false, code });
  expect(await reader.begin(payRequest(), notedDesk())).toEqual({
    kind: "declined",
    code,
    text: NO_HOST_TEXT,
  });
  expect([socket.reportCount(), device.counters().commandCount]).toEqual([0, 0]);
});

test.each([
  ["a refund", { kind: "refund" }],
  ["a reversal", { kind: "reverse" }],
  ["a currency without digits", { currency: "XYZ" }],
  ["an amount of thirteen digits", { amountMinor: 1_000_000_000_000 }],
  ["no amount", { amountMinor: 0 }],
] as const)("%s is not sent: reader/unsupported_request", async (_, change) => {
  const { reader, socket } = neo2Rig();
  const end = await reader.begin(payRequest(change), notedDesk());
  expect(end).toEqual({ kind: "not_sent", code: "reader/unsupported_request" });
  expect(socket.reportCount()).toBe(0);
});

test.each([
  [0x20, "reader/declined"],
  [0x21, "reader/card_unreadable"],
  [0x22, "reader/limit"],
  [0x24, "reader/card_unreadable"],
  [0x25, "reader/declined"],
  [0x26, "reader/card_expired"],
  [0x27, "reader/card_unknown"],
  [0x30, "reader/card_unreadable"],
])("a card that fails with %i is declined with %s, and the next card is taken", async (error, code) => {
  const { reader, timers, acquirer } = neo2Rig({ gestures: [{ kind: "error", error }, TAP] });
  expect(await drive(timers, reader.begin(payRequest(), notedDesk()))).toEqual({
    kind: "declined",
    code,
    text: "",
  });
  expect(await drive(timers, reader.begin(payRequest({ ref: "tender-2" }), notedDesk()))).toMatchObject({
    kind: "captured",
  });
  expect(acquirer.list()).toHaveLength(1);
});

test("the host's no is a decline with its words", async () => {
  const { reader, timers, acquirer } = neo2Rig({
    gestures: [{ kind: "present", card: "poor", entry: "tap" }],
  });
  const end = await drive(timers, reader.begin(payRequest(), notedDesk()));
  expect(end).toEqual({ kind: "declined", code: "reader/declined", text: "Limit exceeded" });
  expect(acquirer.netMinor("EUR")).toBe(0);
});

test("when nobody presents a card the reader's own timeout ends it as cancelled", async () => {
  const { reader, timers } = neo2Rig();
  const end = await drive(timers, reader.begin(payRequest(), notedDesk()));
  expect(end).toEqual({ kind: "declined", code: "reader/cancelled", text: "" });
});

test("a cancel while a card is awaited sends 05-01 alone, and its reply ends the payment", async () => {
  const { reader, timers, device } = neo2Rig();
  const end = reader.begin(payRequest(), notedDesk());
  await settle();
  await untilWaiting(device);
  reader.cancel();
  reader.cancel();
  expect(await drive(timers, end)).toEqual({ kind: "declined", code: "reader/cancelled", text: "" });
  expect(device.counters()).toMatchObject({ cancelCount: 1, intrusionCount: 0 });
  expect(reader.state().link).toBe("ready");
});

test("a card that comes after the cancel is charged by nobody", async () => {
  const { reader, timers, device, acquirer } = neo2Rig({ gestures: [TAP] });
  const desk = notedDesk();
  const end = reader.begin(payRequest(), desk);
  while (desk.prompts.at(-1)?.step !== "processing") {
    await settle();
    timers.advance(10);
  }
  reader.cancel();
  expect(await drive(timers, end)).toMatchObject({ kind: "declined", code: "reader/cancelled" });
  timers.advance(5_000);
  await settle();
  expect([acquirer.list(), device.isWaiting]).toEqual([[], false]);
});

test("a cancel after the host was asked changes nothing", async () => {
  const { reader, timers } = neo2Rig({ gestures: [TAP] });
  const desk = notedDesk();
  const end = reader.begin(payRequest(), { ...desk, show: (prompt) => prompt.canCancel || reader.cancel() });
  expect(await drive(timers, end)).toMatchObject({ kind: "captured" });
});

test("a cancel before the reader was reached ends the payment, and the reader is not armed", async () => {
  const { reader, timers, device } = neo2Rig({ gestures: [TAP] });
  const end = reader.begin(payRequest(), notedDesk());
  reader.cancel();
  expect(await end).toMatchObject({ kind: "declined", code: "reader/cancelled" });
  await settle();
  timers.advance(1_000);
  await settle();
  expect(device.isWaiting).toBe(false);
});

test.each([
  ["answer_lost", "reader/unknown_result", 1_340],
  ["question_lost", "reader/unknown_result", 0],
  ["silent", "reader/no_answer", 1_340],
] as const)("a host whose %s leaves the payment unknown", async (fault, code, netMinor) => {
  const { reader, timers, acquirer } = neo2Rig({ gestures: [TAP], hostFaults: [fault] });
  expect(await drive(timers, reader.begin(payRequest(), notedDesk()))).toEqual({ kind: "unknown", code });
  expect(acquirer.netMinor("EUR")).toBe(netMinor);
});

test("a result that the till refuses is unknown: the host approved for good", async () => {
  const { reader, timers } = neo2Rig({ gestures: [TAP], hostFaults: ["other_amount"] });
  const desk = notedDesk("refuse");
  expect(await drive(timers, reader.begin(payRequest(), desk))).toEqual({
    kind: "unknown",
    code: "reader/unknown_result",
  });
  expect(desk.results).toMatchObject([{ amountMinor: 1_341 }]);
});

test("a till that cannot take a result at all counts as refusing it", async () => {
  const { reader, timers } = neo2Rig({ gestures: [TAP] });
  const desk = { ...notedDesk(), take: () => Promise.reject(new Error("disk")) };
  expect(await drive(timers, reader.begin(payRequest(), desk))).toMatchObject({ kind: "unknown" });
});

test("a reader that sends numbers unencrypted charges nobody, and is refused until it was unplugged", async () => {
  const rig = neo2Rig({ gestures: [TAP, TAP], settings: { protection: "clear" } });
  const { reader, timers, acquirer } = rig;
  const end = await drive(timers, reader.begin(payRequest(), notedDesk()));
  expect(end).toEqual({
    kind: "declined",
    code: "reader/unsupported",
    text: "The reader sends card numbers unencrypted",
  });
  expect(reader.state()).toMatchObject({ link: "needs_attention", problem: "reader/unsupported" });
  expect(await drive(timers, reader.ready())).toEqual({ ok: false, code: "reader/unsupported" });
  expect(await drive(timers, reader.begin(payRequest(), notedDesk()))).toMatchObject({ kind: "declined" });
  expect([acquirer.list().length, reader.state().counters["clearCards"]]).toEqual([0, 1]);
  rig.socket.unplug();
  await settle();
  expect(await drive(timers, reader.ready())).toMatchObject({ ok: true });
});

test("one request at a time: a second one is reader/busy and leaves the first alone", async () => {
  const { reader, timers } = neo2Rig({ gestures: [TAP] });
  const first = reader.begin(payRequest(), notedDesk());
  expect(await reader.begin(payRequest({ ref: "other" }), notedDesk())).toEqual({
    kind: "not_sent",
    code: "reader/busy",
  });
  expect(await reader.ready()).toEqual({ ok: false, code: "reader/busy" });
  expect(await reader.readMemberCard(notedDesk())).toEqual({ kind: "none", code: "reader/busy" });
  expect(await drive(timers, first)).toMatchObject({ kind: "captured" });
});

test("a reader that is not there is not_sent reader/unreachable, and is found when it comes", async () => {
  const { reader, timers, socket } = neo2Rig({ gestures: [TAP] });
  socket.setAbsent(true);
  expect(await drive(timers, reader.begin(payRequest(), notedDesk()))).toEqual({
    kind: "not_sent",
    code: "reader/unreachable",
  });
  expect(reader.state()).toMatchObject({ link: "down", problem: "reader/unreachable" });
  socket.setAbsent(false);
  for (let round = 0; round < 20 && reader.state().link !== "ready"; round += 1) {
    timers.advanceToNext();
    await settle();
  }
  expect(reader.state().link).toBe("ready");
  expect(await drive(timers, reader.begin(payRequest(), notedDesk()))).toMatchObject({ kind: "captured" });
});

test("another reader on the cable after ready was asked is reader/swapped, and is not armed", async () => {
  const { reader, timers, socket } = neo2Rig();
  await drive(timers, reader.ready());
  const other = new Neo2Device(memoryNeo2Store("630Z000002"), timers);
  socket.swap(other);
  await settle();
  expect(await drive(timers, reader.begin(payRequest(), notedDesk()))).toEqual({
    kind: "not_sent",
    code: "reader/swapped",
  });
  expect(other.isWaiting).toBe(false);
});

test("a reader without a serial number is not used: it could not be told from another", async () => {
  const { reader, timers } = neo2Rig({ store: memoryNeo2Store("") });
  expect(await drive(timers, reader.ready())).toEqual({ ok: false, code: "reader/unsupported" });
});

test("closing ends a wait as not_sent, a question to the host as unknown, and everything afterwards is closed", async () => {
  const waiting = neo2Rig();
  const end = waiting.reader.begin(payRequest(), notedDesk());
  await untilWaiting(waiting.device);
  waiting.reader.close();
  waiting.reader.close();
  expect(await end).toEqual({ kind: "not_sent", code: "reader/closed" });
  expect(await waiting.reader.begin(payRequest(), notedDesk())).toEqual({
    kind: "not_sent",
    code: "reader/closed",
  });
  expect(waiting.timers.armedCount).toBe(1);

  const asked = neo2Rig({ gestures: [TAP], hostFaults: ["silent"] });
  const unknown = asked.reader.begin(payRequest(), {
    ...notedDesk(),
    show: (prompt) => prompt.canCancel || asked.reader.close(),
  });
  expect(await drive(asked.timers, unknown)).toEqual({ kind: "unknown", code: "reader/closed" });
});

test("a host's answer that comes after the payment ended belongs to nobody", async () => {
  let answer = (): void => {};
  const rig = neo2Rig({ gestures: [TAP, TAP] });
  const { host } = rig.options;
  if (host === undefined) throw new Error("no host");
  const real = host.authorise;
  let isFirst = true;
  Object.assign(host, {
    authorise: async (question: Parameters<typeof real>[0]) => {
      const given = await real(question);
      if (!isFirst) return given;
      isFirst = false;
      await new Promise<void>((resolve) => {
        answer = resolve;
      });
      return given;
    },
  });
  expect(await drive(rig.timers, rig.reader.begin(payRequest(), notedDesk()))).toMatchObject({
    kind: "unknown",
  });
  const desk = notedDesk();
  const second = rig.reader.begin(payRequest({ ref: "tender-2" }), { ...desk, show: () => answer() });
  expect(await drive(rig.timers, second)).toEqual({ kind: "captured", reference: "gw-2" });
});

test("the cryptogram is zero once the host has answered", async () => {
  const rig = neo2Rig({ gestures: [TAP] });
  const { host } = rig.options;
  if (host === undefined) throw new Error("no host");
  const real = host.authorise;
  const seen: Uint8Array[] = [];
  Object.assign(host, {
    authorise: (question: Parameters<typeof real>[0]) => {
      seen.push(question.cryptogram.bytes);
      expect(question.cryptogram.bytes.some((value) => value !== 0)).toBe(true);
      return real(question);
    },
  });
  await drive(rig.timers, rig.reader.begin(payRequest(), notedDesk()));
  expect(seen.map((bytes) => bytes.every((value) => value === 0))).toEqual([true]);
});

test("the state is told at each change, and not when only counters moved", async () => {
  const { reader, timers } = neo2Rig({ gestures: [TAP], settings: { tellsUi: true } });
  const links: ReaderState["link"][] = [];
  const stop = reader.onState(({ link }) => void links.push(link));
  await drive(timers, reader.ready());
  await drive(timers, reader.begin(payRequest(), notedDesk()));
  stop();
  reader.close();
  expect(links).toEqual(["connecting", "ready", "busy", "ready"]);
  expect(reader.state().counters).toMatchObject({
    crc: 0,
    garbage: 0,
    stray: 0,
    uiEvents: 4,
    unknownFields: 1,
  });
});

test("what a reader behind a host promises is data: it cannot be asked unless the host can", () => {
  const common = { commit: "onApproval", autoReversal: false, abort: "confirmed", storeAndForward: false };
  expect(neo2Capabilities(undefined)).toMatchObject({ ...common, inquiry: "none" });
  const { host } = neo2Rig({ canInquire: true }).options;
  expect(neo2Capabilities(host)).toMatchObject({ ...common, inquiry: "byRef" });
});

test("an inquiry is the host's word: found, other, absent, or unanswerable where it cannot be asked", async () => {
  const { reader, timers } = neo2Rig({ gestures: [TAP], canInquire: true, hostFaults: ["answer_lost"] });
  expect(await drive(timers, reader.begin(payRequest(), notedDesk()))).toMatchObject({ kind: "unknown" });
  const serial = "630Z000001";
  const found = await reader.inquire({ request: payRequest(), serial });
  expect(found).toMatchObject({ kind: "found", result: { reference: "gw-1", amountMinor: 1_340, serial } });
  expect(await reader.inquire({ request: payRequest({ amountMinor: 1 }), serial })).toMatchObject({
    kind: "other",
  });
  expect(await reader.inquire({ request: payRequest({ ref: "never" }), serial })).toEqual({
    kind: "absent",
    serial,
  });
  const deaf = neo2Rig();
  const asked = { request: payRequest(), serial: "another" };
  expect(await drive(deaf.timers, deaf.reader.inquire(asked))).toEqual({ kind: "unanswerable", serial });
  deaf.socket.setAbsent(true);
  await settle();
  expect(await drive(deaf.timers, deaf.reader.inquire(asked))).toEqual({
    kind: "unreachable",
    code: "reader/unreachable",
  });
});

test("a message that never ends, unknown reports and strangers' replies are counted and survived", async () => {
  const { reader, timers, device, socket } = neo2Rig();
  const end = reader.begin(payRequest(), notedDesk());
  await untilWaiting(device);
  const part = (id: number): Uint8Array => new Uint8Array(64).fill(7).with(0, id);
  socket.inject(part(2));
  for (let count = 0; count < 200; count += 1) socket.inject(part(3));
  socket.inject(part(9));
  socket.inject(new Uint8Array());
  for (const report of reportsOf(
    encodeFrame({ command: 0x18, second: 0, data: new Uint8Array() }, "high_first"),
  )) {
    socket.inject(report);
  }
  await settle();
  device.gesture(TAP);
  expect(await drive(timers, end)).toMatchObject({ kind: "captured" });
  const { garbage, stray } = reader.state().counters;
  expect([garbage, stray]).toEqual([200 - 63 + 1 + 1, 1]);
});

test("a reply that is broken while a card is awaited ends as not_sent reader/protocol, the reader at rest", async () => {
  const { reader, timers, device, socket } = neo2Rig();
  const end = reader.begin(payRequest(), notedDesk());
  await untilWaiting(device);
  const reply = encodeFrame({ command: 0x02, second: 0x23, data: Uint8Array.of(0xc3, 0x9f) }, "high_first");
  for (const report of reportsOf(reply)) socket.inject(report);
  expect(await drive(timers, end)).toEqual({ kind: "not_sent", code: "reader/protocol" });
  expect([device.isWaiting, device.counters().cancelCount]).toEqual([false, 1]);
});

test("an approval without a card's data is not sent to anybody: reader/protocol", async () => {
  const { reader, timers, device, socket } = neo2Rig();
  const end = reader.begin(payRequest(), notedDesk());
  await untilWaiting(device);
  for (const report of reportsOf(
    encodeFrame({ command: 0x02, second: 0x00, data: new Uint8Array() }, "high_first"),
  )) {
    socket.inject(report);
  }
  expect(await drive(timers, end)).toEqual({ kind: "not_sent", code: "reader/protocol" });
});

test("a reader without a memory of payments has no day to end: reader/unsupported", async () => {
  expect(await neo2Rig().reader.endOfDay(notedDesk())).toMatchObject({
    kind: "failed",
    code: "reader/unsupported",
  });
});

async function untilWaiting(device: Neo2Device): Promise<void> {
  for (let round = 0; round < 50 && !device.isWaiting; round += 1) await settle();
  expect(device.isWaiting).toBe(true);
}

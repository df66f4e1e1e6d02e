/** Member cards at a NEO 2: the number of a card as a name, without a payment, and every way it can end. */

import { expect, test } from "vitest";
import { drive, neo2Rig, notedDesk, payRequest, settle } from "../../support/neo2-rig.ts";
import type { Neo2Rig } from "../../support/neo2-rig.ts";

const UID = "04A1B2C3D4E5F6";
const MEMBER = { kind: "member", member: { kind: 0x04, uid: UID } } as const;

async function untilPolling({ device, timers }: Neo2Rig): Promise<void> {
  for (let round = 0; round < 100 && !device.isWaiting; round += 1) {
    await settle();
    if (!device.isWaiting) timers.advance(1);
  }
}

test("a member card's number is read, without a host and without a payment", async () => {
  const { reader, timers, device, acquirer } = neo2Rig({ gestures: [MEMBER], hasHost: false });
  const desk = notedDesk();
  expect(await drive(timers, reader.readMemberCard(desk))).toEqual({ kind: "uid", uid: UID });
  expect(desk.prompts.map(({ step }) => step)).toEqual(["connecting", "present_card"]);
  expect([device.isWaiting, acquirer.list()]).toEqual([false, []]);
  expect(device.counters().intrusionCount).toBe(0);
});

test.each(["04A1B2C3", "04A1B2C3D4E5F6", "04A1B2C3D4E5F6070809"])(
  "a number %s is read whole",
  async (uid) => {
    const { reader, timers } = neo2Rig({ gestures: [{ kind: "member", member: { kind: 0x01, uid } }] });
    expect(await drive(timers, reader.readMemberCard(notedDesk()))).toEqual({ kind: "uid", uid });
  },
);

test("nobody comes: it looks for as long as it was told and ends with reader/cancelled", async () => {
  const { reader, timers, device } = neo2Rig();
  expect(await drive(timers, reader.readMemberCard(notedDesk()))).toEqual({
    kind: "none",
    code: "reader/cancelled",
  });
  // Four of the greeting, on, ten looks in five seconds, off.
  expect(device.counters().commandCount).toBe(4 + 1 + 10 + 1);
});

test("a cancel ends it after the look that is under way, and the reader leaves pass-through mode", async () => {
  const rig = neo2Rig();
  const read = rig.reader.readMemberCard(notedDesk());
  await untilPolling(rig);
  rig.reader.cancel();
  expect(await drive(rig.timers, read)).toEqual({ kind: "none", code: "reader/cancelled" });
  expect(rig.device.counters()).toMatchObject({ commandCount: 4 + 1 + 1 + 1, intrusionCount: 0 });
  expect(rig.reader.state().link).toBe("ready");
});

test("a payment follows at once, and the member card is nothing to it", async () => {
  const { reader, timers } = neo2Rig({
    gestures: [MEMBER, { kind: "present", card: "visa", entry: "tap" }],
  });
  expect(await drive(timers, reader.readMemberCard(notedDesk()))).toMatchObject({ kind: "uid" });
  expect(await drive(timers, reader.begin(payRequest(), notedDesk()))).toMatchObject({ kind: "captured" });
});

test("a payment card that is held against it for a member card is no member card", async () => {
  const rig = neo2Rig();
  const read = rig.reader.readMemberCard(notedDesk());
  await untilPolling(rig);
  rig.device.gesture({ kind: "present", card: "visa", entry: "tap" });
  expect(await drive(rig.timers, read)).toEqual({ kind: "none", code: "reader/cancelled" });
});

test.each(["drop", "unplug", "power_cycle", "flip"] as const)(
  "with %s at any report it ends with the number or with why not, and the reader is usable again",
  async (kind) => {
    const plain = neo2Rig({ gestures: [MEMBER] });
    await drive(plain.timers, plain.reader.readMemberCard(notedDesk()));
    const count = plain.socket.reportCount();
    for (let at = 0; at < count; at += 1) {
      const fault = kind === "flip" ? ({ kind, at, bit: 8 * 15 + 3 } as const) : ({ kind, at } as const);
      const { reader, timers, device } = neo2Rig({ gestures: [MEMBER, MEMBER], faults: [fault] });
      const read = await drive(timers, reader.readMemberCard(notedDesk()));
      expect(read.kind === "none" || read.uid === UID).toBe(true);
      device.script(MEMBER);
      expect(await drive(timers, retried(reader, timers))).toBe(UID);
      reader.close();
    }
  },
);

/** Asks again until the link is back. */
async function retried(reader: Neo2Rig["reader"], timers: Neo2Rig["timers"]): Promise<string> {
  for (let round = 0; round < 40; round += 1) {
    const read = await reader.readMemberCard(notedDesk());
    if (read.kind === "uid") return read.uid;
    timers.advance(10);
  }
  return "never";
}

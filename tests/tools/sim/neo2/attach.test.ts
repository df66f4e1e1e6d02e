/**
 * Every report of a payment lost, broken, unplugged or met by a power cut of the reader, one after the
 * other: what the driver says agrees with the acquirer's ledger, and the next payment works.
 */

import { expect, test } from "vitest";
import type { ReaderEnd } from "../../../../drivers/reader/reader.ts";
import type { Neo2Fault } from "../../../../tools/sim/neo2/attach.ts";
import type { Gesture } from "../../../../tools/sim/neo2/device.ts";
import { drive, neo2Rig, notedDesk, payRequest, settle } from "../../../support/neo2-rig.ts";
import type { Neo2Rig } from "../../../support/neo2-rig.ts";

const TAP: Gesture = { kind: "present", card: "visa", entry: "tap" };

async function reportsOfOneTender(): Promise<number> {
  const rig = neo2Rig({ gestures: [TAP] });
  await drive(rig.timers, rig.reader.begin(payRequest(), notedDesk()));
  return rig.socket.reportCount();
}

/** How it ended, and whether that is true. */
async function payUnder(fault: Neo2Fault): Promise<{ rig: Neo2Rig; end: ReaderEnd }> {
  const rig = neo2Rig({ gestures: [TAP, TAP], faults: [fault] });
  const end = await drive(rig.timers, rig.reader.begin(payRequest(), notedDesk()));
  return { rig, end };
}

async function isUsableAgain({ reader, timers, device }: Neo2Rig): Promise<void> {
  for (let round = 0; round < 40 && reader.state().link !== "ready"; round += 1) {
    timers.advanceToNext();
    await settle();
  }
  device.script(TAP);
  const next = await drive(
    timers,
    reader.begin(payRequest({ ref: "tender-2", amountMinor: 990 }), notedDesk()),
  );
  expect(next.kind).toBe("captured");
  // Nobody pays the former amount.
  expect(device.counters().intrusionCount).toBe(0);
}

const KINDS = ["drop", "unplug", "power_cycle"] as const;

test.each(KINDS)("a payment whose report is met by %s ends true, at each of its reports", async (kind) => {
  const count = await reportsOfOneTender();
  expect(count).toBeGreaterThan(10);
  const ends = new Set<string>();
  for (let at = 0; at < count; at += 1) {
    const { rig, end } = await payUnder({ kind, at });
    const netMinor = rig.acquirer.netMinor("EUR");
    expect([at, end.kind, netMinor]).toEqual([at, end.kind, end.kind === "captured" ? 1_340 : 0]);
    expect(["captured", "not_sent", "declined"]).toContain(end.kind);
    ends.add(end.kind);
    await isUsableAgain(rig);
    expect(rig.acquirer.netMinor("EUR")).toBe(netMinor + 990);
    rig.reader.close();
  }
  expect(ends.has("not_sent")).toBe(true);
});

test("a payment with a flipped bit ends true, at each report and each of its bytes", async () => {
  const count = await reportsOfOneTender();
  for (let at = 0; at < count; at += 1) {
    for (let byte = 0; byte < 64; byte += 3) {
      const { rig, end } = await payUnder({ kind: "flip", at, bit: byte * 8 + ((at + byte) % 8) });
      const netMinor = rig.acquirer.netMinor("EUR");
      expect([at, byte, end.kind, netMinor]).toEqual([
        at,
        byte,
        end.kind,
        end.kind === "captured" ? 1_340 : 0,
      ]);
      rig.reader.close();
    }
  }
});

test("a reader that is unplugged while the host is asked has nothing more to say: the host's word holds", async () => {
  const rig = neo2Rig({ gestures: [TAP] });
  const desk = notedDesk();
  const end = rig.reader.begin(payRequest(), {
    ...desk,
    show: (prompt) => {
      if (!prompt.canCancel) rig.socket.unplug();
    },
  });
  expect(await drive(rig.timers, end)).toEqual({ kind: "captured", reference: "gw-1" });
  await settle();
  expect(rig.reader.state().link).not.toBe("busy");
});

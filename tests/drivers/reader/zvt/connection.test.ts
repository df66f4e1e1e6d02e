/** A connection that is cut at every byte, in both directions, and one that is fed with noise. */

import { expect, test } from "vitest";
import type { Port } from "../../../../drivers/port/port.ts";
import { DriverFault } from "../../../../drivers/fault.ts";
import { createMemoryPair } from "../../../../drivers/port/memory.ts";
import { readerRow } from "../../../../drivers/reader/registry.ts";
import type { Reader } from "../../../../drivers/reader/reader.ts";
import { Dice } from "../../../support/dice.ts";
import { keptDesk, payRequest, settled, within } from "../../../conformance/reader.ts";
import { ManualTimers } from "../../../support/manual-timers.ts";
import { ZvtPeer } from "../../../support/zvt-peer.ts";
import type { ZvtPlan } from "../../../support/zvt-peer.ts";
import { zvtRig } from "../../../support/zvt-rig.ts";

const PAY = payRequest("EUR");

interface CutRig {
  readonly reader: Reader;
  readonly peer: ZvtPeer;
  readonly timers: ManualTimers;
  /** Cuts the line when so many more bytes have gone that way; undefined mends it. */
  readonly cutAt: (way: "out" | "in" | undefined, byteCount: number) => void;
  readonly counts: Record<"out" | "in", number>;
}

/** A pipe that breaks in the middle of a chunk: what came before the cut is delivered, what is behind it never. */
function cutRig(link: "serial" | "tcp"): CutRig {
  const timers = new ManualTimers();
  const peer = new ZvtPeer(link);
  const counts = { out: 0, in: 0 };
  const left: Record<"out" | "in", number> = { out: Infinity, in: Infinity };
  const row = readerRow("zvt");
  if (row === undefined) throw new Error("The registry has no ZVT terminal");
  const openPort = (): Port => {
    const { port, peer: far } = createMemoryPair({ writeTimeoutMs: 5_000, queueBytesMax: 65_536 }, timers);
    peer.attach(far);
    let listener: (bytes: Uint8Array) => void = () => {};
    const pass = (way: "out" | "in", bytes: Uint8Array): Uint8Array => {
      const passed = bytes.slice(0, Math.max(0, left[way]));
      left[way] -= bytes.length;
      counts[way] += passed.length;
      return passed;
    };
    port.onData((bytes) => {
      const passed = pass("in", bytes);
      if (passed.length > 0) listener(passed);
      if (left.in <= 0) far.close();
    });
    return {
      open: async () => await port.open(),
      write: async (bytes) => {
        const passed = pass("out", bytes);
        if (passed.length === bytes.length && left.out > 0) return await port.write(bytes);
        if (passed.length > 0) await port.write(passed);
        far.close();
        throw new DriverFault("port/lost", "later");
      },
      onData: (given) => {
        listener = given;
      },
      onClose: (given) => port.onClose(given),
      close: () => port.close(),
    };
  };
  const reader = row.make({ timers, link: { kind: link, openPort }, password: "123456", currency: "EUR" });
  const cutAt = (way: "out" | "in" | undefined, byteCount: number): void => {
    left.out = way === "out" ? byteCount : Infinity;
    left.in = way === "in" ? byteCount : Infinity;
  };
  return { reader, peer, timers, cutAt, counts };
}

async function bytesOf(link: "serial" | "tcp", plan: ZvtPlan): Promise<Record<"out" | "in", number>> {
  const rig = cutRig(link);
  await within(rig.timers, rig.reader.ready());
  const before = { ...rig.counts };
  rig.peer.plan = plan;
  await within(rig.timers, rig.reader.begin(PAY, keptDesk()));
  return { out: rig.counts.out - before.out, in: rig.counts.in - before.in };
}

test.each([
  ["tcp", "approve"],
  ["serial", "approve"],
  ["tcp", "slips"],
  ["serial", "slips"],
  ["serial", "wrong_pin"],
  ["serial", "decline"],
] as const)(
  "over %s, plan %s: cut at every byte both ways, end and inquiry agree with the money",
  async (link, plan) => {
    const totals = await bytesOf(link, plan);
    let caseCount = 0;
    for (const way of ["out", "in"] as const) {
      for (let byteCount = 0; byteCount <= totals[way]; byteCount += 1) {
        const rig = cutRig(link);
        await within(rig.timers, rig.reader.ready());
        rig.peer.plan = plan;
        const desk = keptDesk();
        rig.cutAt(way, byteCount);
        const end = await within(rig.timers, rig.reader.begin(PAY, desk));
        rig.cutAt(undefined, 0);
        const standing = rig.peer.standingMinor;
        if (end.kind === "captured") expect(standing).toBe(1_340);
        if (end.kind === "declined" || end.kind === "not_sent") expect(standing).toBe(0);
        const said = await within(rig.timers, rig.reader.inquire({ request: PAY, serial: "52500041" }));
        expect(said.kind).toBe(standing === 0 ? "absent" : "found");
        // What stands was taken by the desk before.
        if (standing > 0) expect(desk.results.length).toBeGreaterThan(0);
        const asked = rig.peer.commands().filter((name) => name === "authorisation");
        expect(asked.length).toBeLessThanOrEqual(1);
        rig.reader.close();
        caseCount += 1;
      }
    }
    expect(caseCount).toBe(totals.out + totals.in + 2);
  },
);

test("100,000 bytes of noise: nothing hangs, and the reader works afterwards", async () => {
  for (const link of ["serial", "tcp"] as const) {
    const rig = zvtRig(link);
    const dice = new Dice(7);
    await within(rig.timers, rig.reader.ready());
    for (let round = 0; round < 200; round += 1) {
      rig.peer.raw(Uint8Array.from({ length: 500 }, () => dice.below(256)));
      await settled(20);
      rig.timers.advance(300);
      await settled(20);
    }
    rig.peer.cut();
    await settled();
    await within(rig.timers, rig.reader.ready());
    expect(await within(rig.timers, rig.reader.begin(PAY, keptDesk()))).toMatchObject({ kind: "captured" });
    rig.reader.close();
    expect(rig.timers.armedCount).toBe(0);
  }
});

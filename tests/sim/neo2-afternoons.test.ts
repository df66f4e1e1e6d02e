/**
 * Random afternoons at a NEO 2: payments, cancels, member cards, impatient tills, cables that are pulled,
 * power that goes, hosts that fail. One command at a time, every request ends, what is said to be captured
 * is what the acquirer holds, and the next customer never pays the former amount.
 */

import { expect, test } from "vitest";
import type { ReaderEnd } from "../../drivers/reader/reader.ts";
import type { Gesture } from "../../tools/sim/neo2/device.ts";
import type { HostFault } from "../../tools/sim/neo2/host.ts";
import { Dice } from "../support/dice.ts";
import { drive, neo2Rig, notedDesk, payRequest, settle } from "../support/neo2-rig.ts";
import type { Neo2Rig } from "../support/neo2-rig.ts";

const SEED = Number(process.env["SEED"] ?? 1);
const AFTERNOON_COUNT = 300;
const MOVE_COUNT = 40;

const GESTURES: readonly Gesture[] = [
  { kind: "present", card: "visa", entry: "tap" },
  { kind: "present", card: "mastercard", entry: "swipe" },
  { kind: "present", card: "poor", entry: "tap" },
  { kind: "error", error: 0x24 },
  { kind: "member", member: { kind: 0x04, uid: "04A1B2C3D4E5F6" } },
];
const HOST_FAULTS: readonly HostFault[] = ["none", "none", "none", "answer_lost", "question_lost", "silent"];

interface Running {
  readonly ref: string;
  readonly amountMinor: number;
  readonly end: Promise<ReaderEnd>;
}

/** One thing that somebody does. */
function move(rig: Neo2Rig, dice: Dice, running: Running[]): Promise<unknown> | undefined {
  const { reader, device, socket, timers } = rig;
  switch (dice.below(9)) {
    case 0:
    case 1: {
      const amountMinor = 100 + running.length;
      const ref = `tender-${running.length}`;
      running.push({ ref, amountMinor, end: reader.begin(payRequest({ ref, amountMinor }), notedDesk()) });
      return undefined;
    }
    case 2:
      reader.cancel();
      return undefined;
    case 3:
      return reader.readMemberCard(notedDesk());
    case 4:
      return reader.ready();
    case 5:
      socket.unplug();
      return undefined;
    case 6:
      device.powerCycle();
      return undefined;
    case 7:
      device.gesture(dice.pick(GESTURES));
      return undefined;
    default:
      timers.advance(dice.below(2_000));
      return undefined;
  }
}

async function afternoon(dice: Dice): Promise<readonly string[]> {
  const hostFaults = Array.from({ length: MOVE_COUNT }, () => dice.pick(HOST_FAULTS));
  const rig = neo2Rig({ hostFaults, settings: { tellsUi: dice.chance(50) } });
  const running: Running[] = [];
  const others: Promise<unknown>[] = [];
  for (let count = 0; count < MOVE_COUNT; count += 1) {
    if (dice.chance(30)) rig.device.script(dice.pick(GESTURES));
    const other = move(rig, dice, running);
    if (other !== undefined) others.push(other);
    if (dice.chance(70)) await settle();
  }
  const ends = await drive(rig.timers, Promise.all(running.map(({ end }) => end)));
  await drive(rig.timers, Promise.all(others));
  expect(rig.device.counters().intrusionCount).toBe(0);

  const stands = new Map(rig.acquirer.list().map(({ ref, amountMinor }) => [ref, amountMinor]));
  for (const [index, { ref, amountMinor }] of running.entries()) {
    const kind = ends[index]?.kind;
    if (kind === "captured") expect([ref, stands.get(ref)]).toEqual([ref, amountMinor]);
    else if (kind !== "unknown") expect([ref, stands.get(ref)]).toEqual([ref, undefined]);
    else expect([undefined, amountMinor]).toContain(stands.get(ref));
  }
  rig.reader.close();
  await settle();
  return ends.map((end) => ("code" in end ? `${end.kind} ${end.code}` : end.kind));
}

test(`${AFTERNOON_COUNT} afternoons of ${MOVE_COUNT} moves, SEED=${SEED}`, async () => {
  const dice = new Dice(SEED);
  const seen = new Set<string>();
  for (let count = 0; count < AFTERNOON_COUNT; count += 1) {
    for (const end of await afternoon(dice)) seen.add(end);
  }
  for (const end of [
    "captured",
    "declined reader/declined",
    "declined reader/cancelled",
    "declined reader/card_unreadable",
    "not_sent reader/busy",
    "not_sent reader/link_lost",
    "unknown reader/unknown_result",
    "unknown reader/no_answer",
  ]) {
    expect(seen).toContain(end);
  }
});

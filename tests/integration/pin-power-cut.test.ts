/**
 * F31: somebody guesses a PIN and cuts the power to get tries back. At every write, sync and name of a
 * guess, in every way a disk may lose what was not synced: a PIN that was compared is counted, so the
 * guesser gets ten tries in all, however often the machine starts.
 */
import { expect, test } from "vitest";
import { clerkId } from "../../core/ids.ts";
import { PIN_TRIES_COUNT_MAX } from "../../core/limits.ts";
import { wallMs } from "../../core/time.ts";
import type { PinHash } from "../../runtime/config.ts";
import { DiskFault } from "../../runtime/disk.ts";
import { PinGate } from "../../runtime/staff/pin-gate.ts";
import { JournalFault } from "../../runtime/store/fault.ts";
import { FakeDisk } from "../../tools/sim/disk-fake.ts";
import type { CrashMode } from "../../tools/sim/disk-fake.ts";
import { settle, shopConfig } from "../support/fake-world.ts";
import { openTill } from "../support/terminal-harness.ts";
import type { Till } from "../support/terminal-harness.ts";

const BOSS = clerkId("boss");
const PINS: ReadonlyMap<typeof BOSS, PinHash> = new Map([
  [BOSS, { salt: new Uint8Array(16), hash: new Uint8Array(32) }],
]);
const CRASHES: readonly CrashMode[] = ["drop", "keep", "prefix", "torn"];

/** A guesser with a hand on the plug. What is compared is what was learnt. */
class Guesser {
  comparedCount = 0;
  nowMs = 0;
  /** Called when a PIN is about to be compared; rejects where the power goes there. */
  onCompare: () => Promise<void> = () => Promise.resolve();

  gate(till: Till): PinGate {
    return new PinGate({
      loop: till.terminal.loop,
      pins: PINS,
      hasher: {
        matches: async () => {
          this.comparedCount += 1;
          await this.onCompare();
          return false;
        },
      },
      clock: { wall: () => wallMs(1_291_191_960_000), monotonicMs: () => this.nowMs },
      timers: {
        after: (_, run) => {
          void settle().then(run);
          return () => {};
        },
      },
      log: () => {},
    });
  }

  /** One guess on this disk; null when the disk died under the start. */
  async guess(disk: FakeDisk, ordinal: number): Promise<string | null> {
    try {
      const till = await openTill(disk, ordinal, { config: shopConfig({ pins: PINS }) });
      const gate = this.gate(till);
      this.nowMs += gate.waitSeconds(BOSS) * 1000;
      const answer = await gate.check(BOSS, "0000", "sign_on");
      return answer.ok ? "ok" : answer.refusal.code;
    } catch (fault) {
      if (fault instanceof JournalFault || fault instanceof DiskFault) return null;
      throw fault;
    }
  }
}

async function failuresOn(disk: FakeDisk): Promise<number> {
  const till = await openTill(disk, 99, { config: shopConfig({ pins: PINS }) });
  return till.state.pins.get(BOSS)?.failureCount ?? 0;
}

test("at each change of the disk in a guess, a PIN that was compared is counted after the cut", async () => {
  const dry = new FakeDisk();
  const rehearsal = new Guesser();
  expect(await rehearsal.guess(dry, 1)).toBe("clerk/pin_wrong");
  let countedCount = 0;
  for (let at = 1; at <= dry.changeCount + 1; at += 1) {
    const disk = new FakeDisk();
    disk.cutAt(at);
    const guesser = new Guesser();
    await guesser.guess(disk, 1);
    for (const mode of CRASHES) {
      const failureCount = await failuresOn(disk.crash(mode, at));
      expect(failureCount, `change ${at}, ${mode}`).toBeGreaterThanOrEqual(guesser.comparedCount);
      countedCount += failureCount;
    }
  }
  expect(countedCount).toBeGreaterThan(0);
});

test("a guesser who cuts the power at one and the same point of each guess compares ten PINs in all", async () => {
  const dry = new FakeDisk();
  await new Guesser().guess(dry, 1);
  const totals = new Map<number, number>();
  for (let at = 1; at <= dry.changeCount + 2; at += 1) {
    for (const mode of CRASHES) {
      const guesser = new Guesser();
      let disk = new FakeDisk();
      for (let start = 1; start <= PIN_TRIES_COUNT_MAX + 3; start += 1) {
        disk.cutAt(at);
        await guesser.guess(disk, start);
        disk = disk.crash(mode, at * 100 + start);
      }
      expect(guesser.comparedCount, `change ${at}, ${mode}`).toBeLessThanOrEqual(PIN_TRIES_COUNT_MAX);
      totals.set(guesser.comparedCount, (totals.get(guesser.comparedCount) ?? 0) + 1);
    }
  }
  // Some points give no try at all, and late ones give all ten and no more.
  expect(totals.get(PIN_TRIES_COUNT_MAX) ?? 0).toBeGreaterThan(0);
  expect(totals.get(0) ?? 0).toBeGreaterThan(0);
});

test("a guesser who cuts the power whenever a PIN is being compared gets ten tries, and then the name is locked", async () => {
  const guesser = new Guesser();
  let disk = new FakeDisk();
  const answers: (string | null)[] = [];
  for (let start = 1; start <= 2 * PIN_TRIES_COUNT_MAX; start += 1) {
    const current = disk;
    let after: FakeDisk | null = null;
    guesser.onCompare = async () => {
      after = current.crash("drop");
      current.cutAt(current.changeCount + 1);
    };
    answers.push(await guesser.guess(current, start));
    disk = after ?? current.crash("drop");
  }
  expect(guesser.comparedCount).toBe(PIN_TRIES_COUNT_MAX);
  expect(answers.slice(PIN_TRIES_COUNT_MAX)).toEqual(Array(PIN_TRIES_COUNT_MAX).fill("clerk/locked"));
});

/**
 * The PIN gate over a real terminal in memory: what a guesser gets, how long a clerk waits, and that a
 * PIN is in nothing that leaves the gate. F31: the count survives what the guesser does to the machine.
 */
import { expect, test } from "vitest";
import { clerkId } from "../../../core/ids.ts";
import { PIN_FREE_TRIES_COUNT, PIN_TRIES_COUNT_MAX } from "../../../core/limits.ts";
import { wallMs } from "../../../core/time.ts";
import type { PinHash } from "../../../runtime/config.ts";
import {
  PIN_QUEUE_LEN_MAX,
  PIN_WRONG_MS,
  PinGate,
  STRANGERS_COUNT_MAX,
} from "../../../runtime/staff/pin-gate.ts";
import type { PinAnswer, PinHasher } from "../../../runtime/staff/pin-gate.ts";
import { FakeDisk } from "../../../tools/sim/disk-fake.ts";
import { PaperTray, settle, shopConfig } from "../../support/fake-world.ts";
import { openTill, readJournal } from "../../support/terminal-harness.ts";
import type { Till } from "../../support/terminal-harness.ts";

const BOSS = clerkId("boss");
const SAM = clerkId("sam");
const STRANGER = clerkId("nobody");
/** Whose PIN is whose, as a hash that a test can read. */
const PINS = new Map<ReturnType<typeof clerkId>, PinHash>([
  [BOSS, { salt: new Uint8Array(16).fill(1), hash: new Uint8Array(32) }],
]);
const RIGHT = "73915028";
const WRONG = "73915029";

/** A gate whose machine a test moves by hand. */
class World {
  readonly disk: FakeDisk;
  readonly log: string[] = [];
  readonly compared: (string | null)[] = [];
  /** How long answers were held back. */
  readonly heldMs: number[] = [];
  readonly printer = new PaperTray();
  nowMs = 1000;
  /** Set to see what is journaled before the compare. */
  onCompare: () => Promise<void> = () => Promise.resolve();
  #till: Till | null = null;
  #gate: PinGate | null = null;

  constructor(disk = new FakeDisk()) {
    this.disk = disk;
  }

  get till(): Till {
    return this.#till ?? expect.fail("not started");
  }

  get gate(): PinGate {
    return this.#gate ?? expect.fail("not started");
  }

  async start(ordinal = 1): Promise<this> {
    const log = (code: string, detail: string): number => this.log.push(`${code} ${detail}`);
    this.#till = await openTill(this.disk, ordinal, {
      config: shopConfig({ pins: PINS }),
      printer: this.printer,
      log,
    });
    const hasher: PinHasher = {
      matches: async (pin, kept) => {
        this.compared.push(kept === null ? null : pin);
        await this.onCompare();
        return pin === RIGHT && kept !== null;
      },
    };
    this.#gate = new PinGate({
      loop: this.till.terminal.loop,
      pins: PINS,
      hasher,
      clock: { wall: () => wallMs(1_291_191_960_000), monotonicMs: () => this.nowMs },
      timers: {
        after: (delayMs, run) => {
          this.heldMs.push(delayMs);
          void settle().then(run);
          return () => {};
        },
      },
      log,
    });
    return this;
  }

  check(clerk = BOSS, pin = WRONG): Promise<PinAnswer> {
    return this.gate.check(clerk, pin, "sign_on");
  }

  /** A wrong try as soon as one is heard. */
  async guess(clerk = BOSS): Promise<string> {
    this.nowMs += this.gate.waitSeconds(clerk) * 1000;
    return said(await this.check(clerk));
  }
}

/** "ok", or the code and the seconds to wait. */
function said(answer: PinAnswer): string {
  if (answer.ok) return "ok";
  return `${answer.refusal.code} ${answer.waitSeconds}`;
}

async function typesIn(disk: FakeDisk): Promise<readonly string[]> {
  return (await readJournal(disk)).records.map(({ event }) => event.type);
}

test("a right PIN is a try that signs on once", async () => {
  const world = await new World().start();
  const answer = await world.check(BOSS, RIGHT);
  if (!answer.ok) return expect.fail(answer.refusal.code);
  const { attempt } = answer;
  await world.till.must({ type: "sign_on", clerk: BOSS, attempt });
  const again = await world.till.tap({ type: "sign_on", clerk: BOSS, attempt });
  expect(again).toMatchObject({ refusal: { code: "clerk/pin_needed" } });
  expect(world.heldMs).toEqual([]);
});

test("the try is durable, as a wrong one, before the PIN is compared", async () => {
  const world = await new World().start();
  let seen: readonly string[] = [];
  world.onCompare = async () => {
    seen = await typesIn(world.disk.crash("drop"));
  };
  await world.check(BOSS, RIGHT);
  expect(seen.at(-1)).toBe("pin_tried");
  expect((await typesIn(world.disk)).slice(seen.length)).toEqual(["pin_passed"]);
});

test("from the fifth wrong PIN on a clerk waits 30 s, then twice as long each time, and after ten is locked", async () => {
  const world = await new World().start();
  const answers: string[] = [];
  for (let at = 0; at < PIN_TRIES_COUNT_MAX + 1; at += 1) answers.push(await world.guess());
  const wrong = (seconds: number): string => `clerk/pin_wrong ${seconds}`;
  expect(answers).toEqual([
    ...Array.from({ length: PIN_FREE_TRIES_COUNT - 1 }, () => wrong(0)),
    ...[30, 60, 120, 240, 480].map(wrong),
    "clerk/locked 0",
    "clerk/locked 0",
  ]);
  expect(world.compared).toHaveLength(PIN_TRIES_COUNT_MAX);
  // Another clerk's way is free, and a second person opens this one's.
  expect(said(await world.check(SAM))).toBe("clerk/pin_wrong 0");
});

test("while a clerk waits nothing is compared, the seconds left are told, and the right PIN waits too", async () => {
  const world = await new World().start();
  for (let at = 0; at < PIN_FREE_TRIES_COUNT; at += 1) await world.guess();
  const { length } = world.compared;
  world.nowMs += 12_300;
  expect(said(await world.check(BOSS, RIGHT))).toBe("clerk/pin_wait 18");
  world.nowMs += 17_700 - 1;
  expect(said(await world.check(BOSS, RIGHT))).toBe("clerk/pin_wait 1");
  expect(world.compared).toHaveLength(length);
  world.nowMs += 1;
  expect(said(await world.check(BOSS, RIGHT))).toBe("ok");
  // What was right ends the count.
  expect(said(await world.check())).toBe("clerk/pin_wrong 0");
});

test("a start of the runtime keeps the count and begins the wait anew", async () => {
  const world = await new World().start();
  for (let at = 0; at < PIN_FREE_TRIES_COUNT; at += 1) await world.guess();
  world.nowMs += 29_000;
  await world.till.terminal.close();
  await world.start(2);
  expect(said(await world.check(BOSS, RIGHT))).toBe("clerk/pin_wait 30");
  world.nowMs += 30_000;
  expect(said(await world.check())).toBe("clerk/pin_wrong 60");
});

test("a clerk whom a second person unlocked is heard at once", async () => {
  const world = await new World().start();
  for (let at = 0; at < PIN_TRIES_COUNT_MAX; at += 1) await world.guess(SAM);
  expect(await world.guess(SAM)).toBe("clerk/locked 0");
  const answer = await world.check(BOSS, RIGHT);
  await world.till.must({ type: "sign_on", clerk: BOSS, attempt: answer.ok ? answer.attempt : null });
  await world.till.must({ type: "unlock_clerk", clerk: SAM });
  expect(world.gate.waitSeconds(SAM)).toBe(0);
  expect(said(await world.check(SAM))).toBe("clerk/pin_wrong 0");
});

test("guesses at once are compared one after the other, and all of them count", async () => {
  const world = await new World().start();
  let runningCount = 0;
  let runningCountMax = 0;
  world.onCompare = async () => {
    runningCount += 1;
    runningCountMax = Math.max(runningCountMax, runningCount);
    await settle();
    runningCount -= 1;
  };
  const answers = await Promise.all(Array.from({ length: PIN_QUEUE_LEN_MAX }, () => world.check()));
  expect(runningCountMax).toBe(1);
  expect(answers.map(said)).toEqual([
    ...Array.from({ length: 4 }, () => "clerk/pin_wrong 0"),
    "clerk/pin_wrong 30",
    ...Array.from({ length: PIN_QUEUE_LEN_MAX - PIN_FREE_TRIES_COUNT }, () => "clerk/pin_wait 30"),
  ]);
  expect(world.till.state.pins.get(BOSS)?.failureCount).toBe(PIN_FREE_TRIES_COUNT);
});

test("a wrong and a right PIN at once both count, whichever comes first", async () => {
  const world = await new World().start();
  expect((await Promise.all([world.check(), world.check(BOSS, RIGHT)])).map(said)).toEqual([
    "clerk/pin_wrong 0",
    "ok",
  ]);
  expect((await Promise.all([world.check(BOSS, RIGHT), world.check()])).map(said)).toEqual([
    "ok",
    "clerk/pin_wrong 0",
  ]);
  expect(world.till.state.pins.get(BOSS)?.failureCount).toBe(1);
});

test("more guesses than may wait are refused without a try", async () => {
  const world = await new World().start();
  const names = Array.from({ length: PIN_QUEUE_LEN_MAX + 3 }, (_, index) => clerkId(`n${index}`));
  const answers = await Promise.all(names.map((name) => world.check(name)));
  expect(answers.slice(PIN_QUEUE_LEN_MAX).map(said)).toEqual(Array(3).fill("clerk/pin_wait 1"));
  expect(world.compared).toHaveLength(PIN_QUEUE_LEN_MAX);
  expect(said(await world.check(BOSS, RIGHT))).toBe("ok");
});

test("a name that nobody has and a clerk without a PIN are answered as a wrong PIN is, and as late", async () => {
  const world = await new World().start();
  const answers = new Map<string, readonly string[]>();
  for (const clerk of [BOSS, SAM, STRANGER]) {
    const its: string[] = [];
    world.heldMs.length = 0;
    for (let at = 0; at < PIN_TRIES_COUNT_MAX + 1; at += 1) {
      its.push(`${said(await world.check(clerk))}`);
      its.push(await world.guess(clerk));
    }
    answers.set(clerk, [...its, world.heldMs.join()]);
  }
  expect(answers.get(SAM)).toEqual(answers.get(BOSS));
  expect(answers.get(STRANGER)).toEqual(answers.get(BOSS));
  // One compare for each try, by whatever name; nobody's PIN is compared for those two.
  expect(world.compared.filter((pin) => pin === null)).toHaveLength(2 * PIN_TRIES_COUNT_MAX);
  expect(world.heldMs).toEqual(Array(PIN_TRIES_COUNT_MAX).fill(PIN_WRONG_MS));
});

test("a wrong PIN is answered at one time after it came, however long the compare took", async () => {
  const world = await new World().start();
  for (const tookMs of [10, 400, PIN_WRONG_MS - 1]) {
    world.onCompare = async () => void (world.nowMs += tookMs);
    await world.check();
  }
  expect(world.heldMs).toEqual([PIN_WRONG_MS - 10, PIN_WRONG_MS - 400, 1]);
});

test("the names that nobody has are counted in a bounded table", async () => {
  const world = await new World().start();
  for (let at = 0; at < PIN_FREE_TRIES_COUNT; at += 1) await world.check(STRANGER);
  expect(said(await world.check(STRANGER))).toBe("clerk/pin_wait 30");
  for (let name = 0; name < STRANGERS_COUNT_MAX; name += 1) await world.check(clerkId(`n${name}`));
  expect(said(await world.check(STRANGER))).toBe("clerk/pin_wrong 0");
  expect(world.till.state.pins.size).toBe(0);
});

test("what is not 4 to 8 digits is no try", async () => {
  const world = await new World().start();
  const before = await typesIn(world.disk);
  for (const pin of ["", "123", "123456789", "12a4", " 1234", "1234\n", "١٢٣٤", "-1234"])
    expect(said(await world.check(BOSS, pin)), pin).toBe("command/out_of_range 0");
  expect(await typesIn(world.disk)).toEqual(before);
  expect(world.compared).toEqual([]);
});

test("a compare that fails is a wrong try, and its words are not told", async () => {
  const world = await new World().start();
  world.onCompare = () => Promise.reject(new RangeError(`no memory for ${RIGHT}`));
  expect(said(await world.check(BOSS, RIGHT))).toBe("clerk/pin_wrong 0");
  expect(world.log).toEqual(["staff/pin_not_compared RangeError"]);
  expect(world.till.state.pins.get(BOSS)?.failureCount).toBe(1);
});

test("a disk that fails refuses in its own words, and nothing is compared", async () => {
  const world = await new World().start();
  world.disk.failAt(world.disk.callCount + 1, "disk/io");
  expect(said(await world.check(BOSS, RIGHT))).toBe("journal/failed 0");
  expect(world.compared).toEqual([]);
});

test("a PIN that is typed stands in no record, log, answer, status, paper or list of the state", async () => {
  const world = await new World().start();
  const answers: unknown[] = [
    await world.check(),
    await world.check(STRANGER),
    await world.check(BOSS, RIGHT),
  ];
  world.onCompare = () => Promise.reject(new Error(RIGHT));
  answers.push(await world.check(SAM, RIGHT), await world.check(BOSS, `${RIGHT}1`));
  world.onCompare = () => Promise.resolve();
  const right = await world.check(BOSS, RIGHT);
  const attempt = right.ok ? right.attempt : null;
  answers.push(right, await world.till.tap({ type: "sign_on", clerk: BOSS, attempt }));
  await world.till.sell("tea");
  await settle();
  const { state } = world.till;
  answers.push(
    world.till.terminal.status(),
    [...state.pins],
    [...state.clerks],
    [...state.orders],
    world.log,
  );
  answers.push(world.printer.printed);
  await world.till.terminal.close();
  const sinks = [JSON.stringify(answers)];
  for (const path of world.disk.paths()) sinks.push(Buffer.from(world.disk.bytesOf(path)).toString("latin1"));
  const planted = [RIGHT, WRONG].flatMap((pin) => [
    pin,
    Buffer.from(bigEndian(Number(pin))).toString("latin1"),
  ]);
  for (const sink of sinks) for (const text of planted) expect(sink.includes(text)).toBe(false);
  // The search would see it: names are found.
  expect(sinks.some((sink) => sink.includes("boss"))).toBe(true);
});

function bigEndian(value: number): Uint8Array {
  return Uint8Array.of(value >>> 24, value >>> 16, value >>> 8, value);
}

/** When the clock on the wall is believed: by what was recorded, by the release, and by the steady clock. */
import { expect, test } from "vitest";
import { CLOCK_BEHIND_MS_MAX } from "../../core/shift/business-day.ts";
import type { ClockFlag } from "../../core/staff/events.ts";
import { emptyState } from "../../core/state.ts";
import type { State } from "../../core/state.ts";
import { wallMs } from "../../core/time.ts";
import type { Clock } from "../../runtime/clock.ts";
import {
  CLOCK_DOUBTED_PAUSE_MS_MAX,
  CLOCK_JUMP_MS_MAX,
  CLOCK_LOOK_MS,
  CLOCK_PAUSE_MS_MAX,
  ClockWatch,
} from "../../runtime/clock-watch.ts";
import { epochAt } from "../support/core-fixtures.ts";
import { TILL } from "../support/fake-world.ts";
import { ManualTimers } from "../support/manual-timers.ts";

const HOUR_MS = 3_600_000;
const YEAR_MS = 365 * 24 * HOUR_MS;
/** The newest record of these tests, and a release two years before it. */
const NEWEST_MS = 1_900_000_000_000;
const RELEASED_MS = NEWEST_MS - 2 * YEAR_MS;

/** A terminal's clocks, moved by hand, and what the watch said: "flag kind byMs" or "trust". */
class World {
  readonly said: string[] = [];
  readonly state: State = emptyState(TILL, epochAt(1));
  readonly timers = new ManualTimers();
  isFull = false;
  wallMs: number;
  #monotonicMs = 5000;
  readonly clock: Clock = {
    wall: () => wallMs(this.wallMs),
    monotonicMs: () => this.#monotonicMs,
  };
  readonly watch: ClockWatch;

  constructor(start: { readonly wallMs: number; readonly newestMs?: number; readonly flag?: ClockFlag }) {
    this.wallMs = start.wallMs;
    this.state.clockHighWaterMs = wallMs(start.newestMs ?? NEWEST_MS);
    this.state.clockFlag = start.flag ?? "none";
    this.watch = new ClockWatch({
      state: this.state,
      clock: this.clock,
      timers: this.timers,
      releasedAt: wallMs(RELEASED_MS),
      submit: (command) => {
        if (this.isFull) return;
        if (command.type === "flag_clock") {
          if (this.state.clockFlag === command.flag) return;
          this.said.push(`${command.flag} ${command.byMs}`);
          this.state.clockFlag = command.flag;
        } else if (command.type === "trust_clock") {
          this.said.push("trust");
          this.state.clockFlag = "none";
        }
      },
    });
  }

  /** A minute passes, in which the wall moves by that and by `jumpMs`. */
  minute(jumpMs = 0, count = 1): this {
    for (let at = 0; at < count; at += 1) {
      this.wallMs += CLOCK_LOOK_MS;
      this.#monotonicMs += CLOCK_LOOK_MS;
      if (at === 0) this.wallMs += jumpMs;
      this.timers.advance(CLOCK_LOOK_MS);
    }
    return this;
  }
}

const STARTS: readonly (readonly [
  title: string,
  start: ConstructorParameters<typeof World>[0],
  said: string,
])[] = [
  ["just behind the newest record", { wallMs: NEWEST_MS - CLOCK_BEHIND_MS_MAX }, ""],
  ["a little further behind", { wallMs: NEWEST_MS - CLOCK_BEHIND_MS_MAX - 1 }, "behind 120001"],
  ["a day after the newest record", { wallMs: NEWEST_MS + 24 * HOUR_MS }, ""],
  ["a long holiday after it", { wallMs: NEWEST_MS + CLOCK_PAUSE_MS_MAX }, ""],
  ["beyond any holiday", { wallMs: NEWEST_MS + CLOCK_PAUSE_MS_MAX + 1 }, `jumped ${CLOCK_PAUSE_MS_MAX + 1}`],
  ["1970", { wallMs: 0 }, `before_release ${NEWEST_MS}`],
  ["1970 on a new terminal", { wallMs: 0, newestMs: 0 }, `before_release ${RELEASED_MS}`],
  ["the release's day on a new terminal", { wallMs: RELEASED_MS, newestMs: 0 }, ""],
  ["any later day on a new terminal", { wallMs: RELEASED_MS + 20 * YEAR_MS, newestMs: 0 }, ""],
  ["still behind", { wallMs: NEWEST_MS - HOUR_MS, flag: "behind" }, ""],
  ["behind, and 1970 before", { wallMs: NEWEST_MS - HOUR_MS, flag: "before_release" }, `behind ${HOUR_MS}`],
  ["set right while it was off", { wallMs: NEWEST_MS + HOUR_MS, flag: "behind" }, "trust"],
  ["set right after a jump", { wallMs: NEWEST_MS + HOUR_MS, flag: "jumped" }, "trust"],
  [
    "a start in the middle of a jump",
    { wallMs: NEWEST_MS + CLOCK_DOUBTED_PAUSE_MS_MAX + 1, flag: "jumped" },
    "",
  ],
];

test.each(STARTS)("a start with the clock %s says what it must", (_, start, said) => {
  const world = new World(start);
  expect(world.said.join()).toBe(said);
  // Nothing changes by waiting: what is right stays right, what is wrong stays wrong (K1).
  const { length } = world.said;
  world.minute(0, 180);
  expect(world.said.slice(length)).toEqual([]);
});

const JUMPS: readonly (readonly [title: string, jumpsMs: readonly number[], said: string])[] = [
  ["runs with the steady one", [0, 0, 0], ""],
  ["drifts by five minutes a look", [CLOCK_JUMP_MS_MAX, CLOCK_JUMP_MS_MAX, -CLOCK_JUMP_MS_MAX], ""],
  ["jumps by more", [CLOCK_JUMP_MS_MAX + 1, 0, 0], "jumped 300001"],
  ["is set back two hours", [-2 * HOUR_MS, 0, 0], `jumped ${2 * HOUR_MS}`],
  ["is ten years ahead for a while", [10 * YEAR_MS, 0, -10 * YEAR_MS], `jumped ${10 * YEAR_MS},trust`],
  ["is ten years back for a while", [-10 * YEAR_MS, 0, 10 * YEAR_MS, 0], `jumped ${10 * YEAR_MS},trust`],
  ["jumps twice in one direction", [HOUR_MS, HOUR_MS, 0], `jumped ${HOUR_MS}`],
  ["comes back by half", [2 * HOUR_MS, -HOUR_MS, -HOUR_MS], `jumped ${2 * HOUR_MS},trust`],
];

test.each(JUMPS)("a clock that %s is told so", (_, jumpsMs, said) => {
  const world = new World({ wallMs: NEWEST_MS + 20 * YEAR_MS, newestMs: 0 });
  for (const jumpMs of jumpsMs) world.minute(jumpMs);
  expect(world.said.join()).toBe(said);
});

test("a clock that was behind at the start is trusted once it is set, and not by waiting", () => {
  const world = new World({ wallMs: NEWEST_MS - HOUR_MS });
  world.minute(0, 90);
  expect(world.said).toEqual([`behind ${HOUR_MS}`]);
  world.minute(HOUR_MS);
  expect(world.said).toEqual([`behind ${HOUR_MS}`, "trust"]);
  world.minute(-HOUR_MS);
  expect(world.said.at(-1)).toBe(`jumped ${HOUR_MS}`);
});

test("a person who trusts the clock is believed, and the next jump is told from there", () => {
  const world = new World({ wallMs: NEWEST_MS - HOUR_MS });
  world.state.clockFlag = "none";
  world.minute(0, 3);
  expect(world.said).toEqual([`behind ${HOUR_MS}`]);
  world.minute(HOUR_MS);
  expect(world.said.at(-1)).toBe(`jumped ${HOUR_MS}`);
});

test("a flag that a full disk refused is said again at the next look", () => {
  const world = new World({ wallMs: NEWEST_MS });
  world.isFull = true;
  world.minute(2 * HOUR_MS);
  world.watch.look();
  expect(world.said).toEqual([]);
  world.isFull = false;
  world.minute();
  expect(world.said).toEqual([`jumped ${2 * HOUR_MS}`]);
});

test("a watch that is stopped looks no more", () => {
  const world = new World({ wallMs: NEWEST_MS });
  world.watch.stop();
  world.watch.stop();
  expect(world.timers.armedCount).toBe(0);
});

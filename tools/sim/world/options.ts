/**
 * The options of a world, all derived from its seed: how big it is, how it is wired, and which faults
 * strike how often. Each fault is on with probability one half and draws its own rate, so that some
 * worlds are nearly calm and some have one fault that others would hide.
 */
import type { CrashMode } from "./sim-fs.ts";
import { CRASH_MODES } from "./sim-fs.ts";
import type { FaultKind } from "./fault-kinds.ts";
import { FAULT_KINDS, faultRow } from "./fault-kinds.ts";
import type { KeyKind } from "./keys.ts";
import type { MixKind } from "./mix.ts";
import { Stream } from "./random.ts";

/** "direct": headquarters' own front. "relay": a broker in between, which acknowledges by itself. */
export type BusKind = "direct" | "relay";

/** Everything that a world is made from. */
export interface WorldOptions {
  readonly seed: number;
  /** Terminals of each store. */
  readonly tillCounts: readonly number[];
  /** Orders that each terminal brings to an end before the faults stop. */
  readonly orderCount: number;
  readonly linesMost: number;
  /** Mean pause between two taps. */
  readonly thinkMs: number;
  readonly mix: MixKind;
  readonly keys: KeyKind;
  readonly bus: BusKind;
  readonly segmentBytes: number;
  readonly crashModes: readonly CrashMode[];
  /** Strikes in the expected time, or a probability, as the fault's row says. Absent: off. */
  readonly rates: Readonly<Partial<Record<FaultKind, number>>>;
  /** No safety phase is longer than this. */
  readonly safetySecondsMax: number;
  /** How long a healed world may take until everything has arrived. */
  readonly healSecondsMax: number;
  /** A bug planted in the world's headquarters: it acknowledges what is not durable yet. */
  readonly acksEarly: boolean;
  /** Whether printers print: a world without paper sells faster. */
  readonly hasPrinters: boolean;
}

/** Faults after which a disk lacks what it held: the other copy must live then. */
const DESTROYS_DISK: readonly FaultKind[] = ["rot", "rot_alive", "restored_image"];
/** Faults after which a terminal starts again. */
const TAKES_DOWN: readonly FaultKind[] = ["power_cut", "kill", "rot", "restored_image", "restart"];
/** Orders of all terminals of a world together: more of them find less than more worlds do. */
const ORDERS_COUNT_MAX = 64;
/** How long each of them keeps a terminal from selling, about. */
const DOWN_SECONDS = 2;
/** A safety phase lasts at most so many times as long as expected. */
const SAFETY_FACTOR = 6;
/** Faults of a broker in between, which a direct link does not have. */
const NEEDS_RELAY: readonly FaultKind[] = [
  "message_lost",
  "message_twice",
  "message_late",
  "queue_cap",
  "broker_crash",
];

/** The world of a seed, with what `changes` says in place of what the seed drew. */
export function optionsOf(seed: number, changes: Partial<WorldOptions> = {}): WorldOptions {
  const stream = new Stream(seed, "options");
  const bus = stream.pick<BusKind>(["direct", "direct", "relay"]);
  const tillCounts = Array.from({ length: stream.pick([1, 1, 2, 3]) }, () => stream.between(1, 3));
  const tillCount = tillCounts.reduce((sum, count) => sum + count, 0);
  const drawn: WorldOptions = {
    seed,
    tillCounts,
    orderCount: Math.min(stream.pick([8, 16, 32, 64]), Math.floor(ORDERS_COUNT_MAX / tillCount)),
    linesMost: stream.pick([1, 1, 2, 2, 2, 3, 4, 4, 8, 24]),
    thinkMs: stream.pick([100, 300, 1000, 5000]),
    mix: "retail",
    keys: stream.below(48) === 0 ? "ed25519" : "fast",
    bus,
    segmentBytes: stream.pick([73_728, 81_920, 98_304, 131_072]),
    crashModes: stream.chance(0.5) ? CRASH_MODES : [stream.pick(CRASH_MODES)],
    rates: ratesOf(seed, bus),
    safetySecondsMax: 7200,
    healSecondsMax: 1800,
    acksEarly: false,
    hasPrinters: stream.chance(0.4),
  };
  return { ...drawn, ...changes };
}

// A stream for each fault, so that a new one does not move the others.
function ratesOf(seed: number, bus: BusKind): WorldOptions["rates"] {
  const rates: Partial<Record<FaultKind, number>> = {};
  const chance = new Stream(seed, "rates");
  const isCalm = chance.below(16) === 0;
  const keepsDisks = chance.chance(0.5);
  for (const kind of FAULT_KINDS) {
    const stream = new Stream(seed, `rate/${kind}`);
    const isOn = stream.chance(0.5) && !isCalm;
    const rate = rateOf(kind, stream);
    if (isOn && (bus === "relay" || !NEEDS_RELAY.includes(kind))) rates[kind] = rate;
  }
  // One disaster at a time: what is lost on a disk must be at headquarters, and the other way round.
  if (DESTROYS_DISK.some((kind) => rates[kind] !== undefined) && rates.hq_restored !== undefined) {
    if (keepsDisks) for (const kind of DESTROYS_DISK) delete rates[kind];
    else delete rates.hq_restored;
  }
  return rates;
}

// Even on a scale of doublings: rare and frequent are equally likely.
function rateOf(kind: FaultKind, stream: Stream): number {
  const { rate, least, most } = faultRow(kind);
  let value = least;
  while (value * 2 <= most && stream.chance(0.7)) value *= 2;
  const units = Math.min(most, value + stream.below(value));
  return rate === "timed" ? units : units / 1_000_000;
}

/**
 * How long the staff of a world is expected to be busy, with the time that its terminals are down:
 * what spells and intervals are measured by. A fault that strikes so often that nobody sells would
 * only test starts.
 */
export function expectedSeconds(options: WorldOptions): number {
  const { orderCount, linesMost, thinkMs, tillCounts, rates } = options;
  const tillCount = tillCounts.reduce((sum, count) => sum + count, 0);
  const downCount = TAKES_DOWN.reduce((sum, kind) => sum + (rates[kind] ?? 0), 0);
  const sellingSeconds = Math.max(10, (orderCount * (linesMost / 2 + 2.5) * thinkMs) / 1000);
  return sellingSeconds + (downCount / Math.max(1, tillCount)) * DOWN_SECONDS;
}

/** The end of a world's safety phase, whatever was sold by then. */
export function safetySeconds(options: WorldOptions): number {
  return Math.min(options.safetySecondsMax, SAFETY_FACTOR * expectedSeconds(options));
}

/** The options in one line, for the head of a run. */
export function optionsLine(options: WorldOptions): string {
  const rates = Object.entries(options.rates).map(([kind, rate]) => `${kind}=${rate}`);
  const { rates: _, ...rest } = options;
  return `${JSON.stringify(rest)} faults: ${rates.length === 0 ? "none" : rates.join(" ")}`;
}

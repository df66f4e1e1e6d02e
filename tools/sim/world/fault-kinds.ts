/**
 * Every fault that a world can inject, as data: what it strikes, how its rate is read, and the row of
 * the fault table that it plays. A new fault is a row here and a case in the injector or its port.
 */

/** "timed": strikes so many times in a world's expected time. "each": a probability for each call or message. */
export type RateKind = "timed" | "each";

/** A row. `least` and `most` bound the rate that a seed draws: strikes, or calls in a million. */
export interface FaultRow {
  readonly rate: RateKind;
  readonly least: number;
  readonly most: number;
  /** Rows of the fault table that it plays. */
  readonly plays: readonly string[];
  readonly says: string;
}

/** All faults by name. */
export const FAULTS = {
  power_cut: {
    rate: "timed",
    least: 2,
    most: 32,
    plays: ["F1", "F2"],
    says: "the power of a terminal goes, and what the medium kept of its pending writes follows a crash mode",
  },
  kill: {
    rate: "timed",
    least: 2,
    most: 32,
    plays: ["F26"],
    says: "the process of a terminal dies and its page cache lives",
  },
  disk_full: {
    rate: "timed",
    least: 1,
    most: 16,
    plays: ["F5"],
    says: "the disk has no room beyond a number of bytes for a while",
  },
  disk_io: {
    rate: "each",
    least: 20,
    most: 2000,
    plays: ["F6"],
    says: "a read, write or change of a name fails",
  },
  sync_failed: {
    rate: "each",
    least: 20,
    most: 2000,
    plays: ["F6"],
    says: "a sync fails and the pages are gone",
  },
  read_only: {
    rate: "timed",
    least: 1,
    most: 8,
    plays: ["F7"],
    says: "the file system turns read-only for a while",
  },
  disk_slow: {
    rate: "timed",
    least: 1,
    most: 16,
    plays: ["F26"],
    says: "the disk takes ten times as long for a while",
  },
  rot: {
    rate: "timed",
    least: 1,
    most: 8,
    plays: ["F3", "F4", "F32"],
    says: "the power goes, and bits of a file flip or two files are swapped or one is lost",
  },
  rot_alive: {
    rate: "timed",
    least: 1,
    most: 8,
    plays: ["F3"],
    says: "a bit flips in a file of a terminal that runs",
  },
  restart: {
    rate: "timed",
    least: 1,
    most: 16,
    plays: [],
    says: "a terminal is switched off in order and on again",
  },
  restored_image: {
    rate: "timed",
    least: 1,
    most: 8,
    plays: ["F8"],
    says: "the power goes, and the disk comes back as an older image of itself",
  },
  clock_jump: {
    rate: "timed",
    least: 1,
    most: 16,
    plays: ["F9"],
    says: "a terminal's clock jumps, by seconds or by ten years",
  },
  link_cut: {
    rate: "timed",
    least: 4,
    most: 64,
    plays: ["F17", "F19"],
    says: "a connection ends, with what was under way in either direction",
  },
  partition: {
    rate: "timed",
    least: 1,
    most: 16,
    plays: ["F19"],
    says: "no bytes go up, down, or both ways for a while",
  },
  takeover: {
    rate: "timed",
    least: 1,
    most: 16,
    plays: ["F20"],
    says: "a second client connects under a terminal's name and pushes it out",
  },
  message_lost: {
    rate: "each",
    least: 500,
    most: 200_000,
    plays: ["F18", "F20"],
    says: "the broker loses a message that it acknowledged",
  },
  message_twice: {
    rate: "each",
    least: 500,
    most: 300_000,
    plays: ["F17"],
    says: "the broker delivers a message twice",
  },
  message_late: {
    rate: "each",
    least: 500,
    most: 200_000,
    plays: ["F18"],
    says: "a message is overtaken by those behind it",
  },
  queue_cap: {
    rate: "timed",
    least: 1,
    most: 8,
    plays: ["F20"],
    says: "headquarters does not read, the broker's queue is full, and what overflows is dropped in silence",
  },
  broker_crash: { rate: "timed", least: 1, most: 8, plays: ["F20"], says: "the broker dies with its queues" },
  poison: {
    rate: "each",
    least: 500,
    most: 50_000,
    plays: ["F28"],
    says: "noise, cut messages and replays of other terminals arrive beside the real ones",
  },
  hq_crash: {
    rate: "timed",
    least: 1,
    most: 64,
    plays: ["F22", "F26"],
    says: "headquarters dies; a commit under way is there afterwards or it is not",
  },
  hq_restored: {
    rate: "timed",
    least: 1,
    most: 8,
    plays: ["F21"],
    says: "headquarters comes back from an older backup with a new incarnation",
  },
  hq_slow: { rate: "timed", least: 1, most: 8, plays: ["F19"], says: "commits take seconds for a while" },
  hq_store_fails: {
    rate: "each",
    least: 500,
    most: 100_000,
    plays: ["F22", "F26"],
    says: "a call of headquarters' database fails, before it had its effect or behind it",
  },
  printer_stops: {
    rate: "timed",
    least: 2,
    most: 32,
    plays: ["F14"],
    says: "the printer stops at some byte: power, link or a full buffer",
  },
  printer_lies: {
    rate: "timed",
    least: 1,
    most: 8,
    plays: ["F15"],
    says: "the printer says yes to everything for a while and nothing comes out",
  },
  paper_out: {
    rate: "timed",
    least: 1,
    most: 8,
    plays: ["F14"],
    says: "the printer has no paper for a while",
  },
} as const satisfies Record<string, FaultRow>;

/** The name of a fault. */
export type FaultKind = keyof typeof FAULTS;

/** All names, in the order of the table. */
export const FAULT_KINDS: readonly FaultKind[] = Object.keys(FAULTS).filter(
  (name): name is FaultKind => name in FAULTS,
);

/** The row of a fault. */
export function faultRow(kind: FaultKind): FaultRow {
  return FAULTS[kind];
}

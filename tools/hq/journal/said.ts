/**
 * Headquarters' own journal as a list of what was said, for people: the records of one publication are
 * one entry. What each means to a terminal is the fold's business (core/hq/fold.ts), not this list's.
 *
 * S1 The newest SAID_COUNT_MAX entries are kept; of older ones only the version is known.
 */
import { SOLD_OUT_COUNT_MAX } from "../../../core/limits.ts";
import type { Recorded } from "../../../core/types.ts";

/** Entries that are kept. */
export const SAID_COUNT_MAX = 500;
/** Subjects of one entry that are kept by name; `count` is of all. */
const SUBJECTS_COUNT_MAX = 20;

/** One publication: where its records are, and what it was about. */
export interface Said {
  readonly type: string;
  readonly fromSeq: number;
  readonly seq: number;
  readonly atMs: number;
  /** 0 where it is no version. */
  readonly version: number;
  /** Null where it begins at once and for good. */
  readonly startsAtMs: number | null;
  /** Items, clerks or names, the first of them. */
  readonly subjects: readonly string[];
  readonly count: number;
}

/** What headquarters said last of an item. */
export interface AvailabilitySaid {
  readonly isSoldOut: boolean;
  readonly atMs: number;
}

/** The list with one more record; the same list where it says nothing to people. */
export function addSaid(list: readonly Said[], recorded: Recorded): readonly Said[] {
  const one = saidOf(recorded);
  if (one === null) return list;
  const last = list.at(-1);
  const isSame =
    last !== undefined &&
    last.type === one.type &&
    last.seq + 1 === one.fromSeq &&
    last.version === one.version &&
    last.atMs === one.atMs;
  if (!isSame) return [...list, one].slice(-SAID_COUNT_MAX);
  const subjects = [...last.subjects, ...one.subjects].slice(0, SUBJECTS_COUNT_MAX);
  return [...list.slice(0, -1), { ...last, seq: one.seq, subjects, count: last.count + 1 }];
}

/** Notes what a record says of an item; the longest untouched leaves when there are too many, as at a terminal. */
export function noteAvailability(
  said: Map<string, AvailabilitySaid>,
  { event, at }: Pick<Recorded, "event" | "at">,
): void {
  if (event.type !== "item_availability_set") return;
  said.delete(event.sku);
  said.set(event.sku, { isSoldOut: event.isSoldOut, atMs: at });
  const [longest] = said.keys();
  if (said.size > SOLD_OUT_COUNT_MAX && longest !== undefined) said.delete(longest);
}

/** The newest version among what was said up to `seq`; null where the list does not reach back so far (S1). */
export function versionAt(list: readonly Said[], seq: number): number | null {
  const upTo = list.filter((said) => said.seq <= seq && said.version > 0);
  const newest = upTo.reduce((version, said) => Math.max(version, said.version), 0);
  if (newest > 0) return newest;
  return list.length < SAID_COUNT_MAX ? 0 : null;
}

function saidOf(recorded: Recorded): Said | null {
  const { event, seq, at } = recorded;
  const said = (version: number, startsAtMs: number | null, subject: string): Said => ({
    type: event.type,
    fromSeq: seq,
    seq,
    atMs: at,
    version,
    startsAtMs,
    subjects: subject === "" ? [] : [subject],
    count: 1,
  });
  switch (event.type) {
    case "catalogue_published":
    case "pricing_published":
      return said(event.version, event.startsAt, "");
    case "price_set":
      return said(event.version, event.startsAt, event.sku);
    case "item_availability_set":
      return said(0, null, event.sku);
    case "staff_set":
    case "staff_removed":
      return said(0, null, event.clerk);
    case "config_set":
      return said(0, null, "");
    default:
      return null;
  }
}

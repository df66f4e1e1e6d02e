/**
 * Field kinds of events: how one value of the trade is written as CBOR, read back and named in
 * CDDL. A row of the event table is made of these. Reading is strict: what a field would not have
 * written itself is not read.
 */
import type { ClerkId, DrawerId, Epoch, EventId, TerminalId } from "../core/ids.ts";
import {
  clerkId,
  epochId,
  eventId,
  isClerkId,
  isDrawerId,
  isEpoch,
  isTerminalId,
  parseEventId,
} from "../core/ids.ts";
import { assert } from "../core/bug.ts";
import { milli, minor, ppm } from "../core/money.ts";
import type { Milli, Minor, Ppm } from "../core/money.ts";
import { wallMs } from "../core/time.ts";
import type { WallMs } from "../core/time.ts";
import type { CborValue } from "./cbor-value.ts";

/** Who wrote the record: references to the writer's own events are written short. */
export interface Origin {
  readonly terminal: TerminalId;
  readonly epoch: Epoch;
}

/** What `read` gives for a value that this field would not have written. */
export const UNREAD: unique symbol = Symbol("unread");
/** The type of UNREAD. */
export type Unread = typeof UNREAD;

/** One kind of value on the wire. */
export interface Field<T> {
  /** The field's type in schema.cddl. */
  readonly cddl: string;
  readonly write: (value: T, origin: Origin) => CborValue;
  readonly read: (value: CborValue | undefined, origin: Origin) => T | Unread;
}

const SEQ_MAX = Number.MAX_SAFE_INTEGER;

function isUint(value: CborValue | undefined, max: number = SEQ_MAX): value is number {
  return typeof value === "number" && value >= 0 && value <= max;
}

function isArray(value: CborValue | undefined): value is readonly CborValue[] {
  return Array.isArray(value);
}

/** A whole number from `min` to `max`. */
export function uint(min = 0, max: number = SEQ_MAX): Field<number> {
  return {
    cddl: min === 0 && max === SEQ_MAX ? "uint" : `${min}..${max}`,
    write: (value) => value,
    read: (value) => (isUint(value, max) && value >= min ? value : UNREAD),
  };
}

/** Text of at most `bytesMax` UTF-16 units. */
export function text(lengthMax: number): Field<string> {
  return {
    cddl: "tstr",
    write: (value) => value,
    read: (value) => (typeof value === "string" && value.length <= lengthMax ? value : UNREAD),
  };
}

/** Bytes of exactly `length`. */
export function bytes(length: number): Field<Uint8Array> {
  return {
    cddl: `bstr .size ${length}`,
    write: (value) => value,
    read: (value) => (value instanceof Uint8Array && value.length === length ? value : UNREAD),
  };
}

/** Bytes of any length up to `lengthMax`. */
export function blob(lengthMax: number): Field<Uint8Array> {
  return {
    cddl: "bstr",
    write: (value) => value,
    read: (value) => (value instanceof Uint8Array && value.length <= lengthMax ? value : UNREAD),
  };
}

/** Minor units, signed. */
export const minorField: Field<Minor> = {
  cddl: "minor",
  write: (value) => value,
  read: (value) => (typeof value === "number" ? minor(value) : UNREAD),
};

/** Thousandths, at least 1: additions and removals are both counted up. */
export const quantityField: Field<Milli> = {
  cddl: "quantity",
  write: (value) => value,
  read: (value) => (isUint(value) && value > 0 ? milli(value) : UNREAD),
};

/** Parts per million. */
export const ppmField: Field<Ppm> = {
  cddl: "ppm",
  write: (value) => value,
  read: (value) => (isUint(value) ? ppm(value) : UNREAD),
};

/** A closed list of words, written as their place in it: the list only ever grows at its end. */
export function choice<T extends string>(...words: readonly T[]): Field<T> {
  return {
    cddl: words.length === 1 ? "0" : `0..${words.length - 1}`,
    write: (value) => {
      const index = words.indexOf(value);
      assert(index >= 0, "event: A word must be in its list");
      return index;
    },
    read: (value) => (isUint(value, words.length - 1) ? (words[value] ?? UNREAD) : UNREAD),
  };
}

/** A list of at most `countMax` items. */
export function list<T>(item: Field<T>, countMax: number): Field<readonly T[]> {
  return {
    cddl: `[* ${item.cddl}]`,
    write: (values, origin) => values.map((value) => item.write(value, origin)),
    read: (value, origin) => {
      if (!isArray(value) || value.length > countMax) return UNREAD;
      const items: T[] = [];
      for (const each of value) {
        const one = item.read(each, origin);
        if (one === UNREAD) return UNREAD;
        items.push(one);
      }
      return items;
    },
  };
}

/** The fields of a record type, in the order in which they are written. */
export type Fields<T> = { readonly [K in keyof T]-?: Field<T[K]> };

/** An array of named fields. */
export function group<T extends object>(cddl: string, fields: Fields<T>): Field<T> {
  return {
    cddl,
    write: (value, origin) => writeFields(fields, value, origin),
    read: (value, origin) => (isArray(value) ? readFields(fields, value, 0, origin) : UNREAD),
  };
}

/** The fields as a rule of schema.cddl names them: `unit-price-minor: minor`. */
export function cddlOf<T extends object>(fields: Fields<T>): readonly string[] {
  const named: string[] = [];
  for (const key in fields) {
    named.push(`${key.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}: ${fields[key].cddl}`);
  }
  return named;
}

/** The values of `fields` in order. */
export function writeFields<T extends object>(fields: Fields<T>, value: T, origin: Origin): CborValue[] {
  const values: CborValue[] = [];
  for (const key in fields) values.push(fields[key].write(value[key], origin));
  return values;
}

/** The object whose fields stand in `values` from `start` to the end, with none missing and none over. */
export function readFields<T extends object>(
  fields: Fields<T>,
  values: readonly CborValue[],
  start: number,
  origin: Origin,
): T | Unread {
  const result: Partial<T> = {};
  let index = start;
  for (const key in fields) {
    const one = fields[key].read(values[index], origin);
    if (one === UNREAD) return UNREAD;
    result[key] = one;
    index += 1;
  }
  if (index !== values.length) return UNREAD;
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- Fields has each key of T, and each was read
  return result as T;
}

/** `item`, or null. */
export function orNull<T>(item: Field<T>): Field<T | null> {
  return {
    cddl: `${item.cddl} / null`,
    write: (value, origin) => (value === null ? null : item.write(value, origin)),
    read: (value, origin) => (value === null ? null : item.read(value, origin)),
  };
}

/** Yes or no, as 1 or 0: one byte, like every other small number here. */
export const flagField: Field<boolean> = {
  cddl: "0..1",
  write: (value) => (value ? 1 : 0),
  read: (value) => (isUint(value, 1) ? value === 1 : UNREAD),
};

/** The last millisecond of 9999. */
export const WALL_MS_MAX = 253_402_300_799_999;

/** Wall time. */
export const wallField: Field<WallMs> = {
  cddl: "wall-ms",
  write: (value) => value,
  read: (value) => (isUint(value, WALL_MS_MAX) ? wallMs(value) : UNREAD),
};

/** A drawer's name. */
export const drawerField: Field<DrawerId> = {
  cddl: "drawer",
  write: (value) => value,
  read: (value) => (typeof value === "string" && isDrawerId(value) ? value : UNREAD),
};

/** A terminal's name. */
export const terminalField: Field<TerminalId> = {
  cddl: "terminal",
  write: (value) => value,
  read: (value) => (typeof value === "string" && isTerminalId(value) ? value : UNREAD),
};

/** A clerk's code, or "" for nobody. */
export const actorField: Field<ClerkId | ""> = {
  cddl: 'clerk / ""',
  write: (value) => value,
  read: (value) => (value === "" || (typeof value === "string" && isClerkId(value)) ? value : UNREAD),
};

/** A clerk's code. */
export const clerkField: Field<ClerkId> = {
  cddl: "clerk",
  write: (value) => value,
  read: (value) => (typeof value === "string" && isClerkId(value) ? clerkId(value) : UNREAD),
};

/** An epoch as its 8 bytes. */
export const epochField: Field<Epoch> = {
  cddl: "epoch",
  write: (value) => bytesOfEpoch(value),
  read: (value) => (value instanceof Uint8Array ? (epochOfBytes(value) ?? UNREAD) : UNREAD),
};

/** The 8 bytes of an epoch, big-endian. */
export function bytesOfEpoch(epoch: Epoch): Uint8Array {
  const result = new Uint8Array(8);
  for (let index = 0; index < 8; index += 1) {
    result[index] = Number.parseInt(epoch.slice(index * 2, index * 2 + 2), 16);
  }
  return result;
}

/** The epoch of 8 bytes, or null when there are not 8. */
export function epochOfBytes(epochBytes: Uint8Array): Epoch | null {
  if (epochBytes.length !== 8) return null;
  let digits = "";
  for (const byte of epochBytes) digits += byte.toString(16).padStart(2, "0");
  return isEpoch(digits) ? epochId(digits) : null;
}

/**
 * A reference to an event: the seq alone within the writer's epoch, [epoch, seq] within its
 * terminal, [terminal, epoch, seq] elsewhere. The shortest form that fits is the only one.
 */
export const refField: Field<EventId> = {
  cddl: "ref",
  write: (value, origin) => {
    const key = parseEventId(value);
    assert(key !== null, "event: A reference must be an event's id");
    if (key.terminal !== origin.terminal) return [key.terminal, bytesOfEpoch(key.epoch), key.seq];
    if (key.epoch !== origin.epoch) return [bytesOfEpoch(key.epoch), key.seq];
    return key.seq;
  },
  read: (value, origin) => {
    if (isUint(value)) return value > 0 ? eventId({ ...origin, seq: value }) : UNREAD;
    if (!isArray(value) || value.length < 2 || value.length > 3) return UNREAD;
    const terminal = value.length === 3 ? value[0] : origin.terminal;
    const epochBytes = value.at(-2);
    const seq = value.at(-1);
    if (typeof terminal !== "string" || !isTerminalId(terminal)) return UNREAD;
    if (!(epochBytes instanceof Uint8Array) || !isUint(seq) || seq === 0) return UNREAD;
    const epoch = epochOfBytes(epochBytes);
    if (epoch === null) return UNREAD;
    const isOwnTerminal = terminal === origin.terminal;
    if (value.length === 3 ? isOwnTerminal : epoch === origin.epoch) return UNREAD;
    return eventId({ terminal, epoch, seq });
  },
};

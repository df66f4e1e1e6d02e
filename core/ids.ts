/**
 * Names of things. An event's identity is (terminal, epoch, seq); the ids of orders, lines, checks,
 * tenders and print jobs are the identity of the event that made them, so no id is ever drawn.
 */
import { assert } from "./bug.ts";

declare const brand: unique symbol;
type Brand<T, Name extends string> = T & { readonly [brand]: Name };

/** A terminal's name within its tenant: 1 to 32 letters, digits, "_" or "-". */
export type TerminalId = Brand<string, "TerminalId">;
/** 64 random bits drawn at each start of the runtime, as 16 lower-case hex digits. */
export type Epoch = Brand<string, "Epoch">;
/** "terminal/epoch/seq". */
export type EventId = Brand<string, "EventId">;
export type OrderId = EventId & { readonly order?: never };
export type LineId = EventId & { readonly line?: never };
export type CheckId = EventId & { readonly check?: never };
export type TenderId = EventId & { readonly tender?: never };
/** The check_closed or receipt_copied event that asks for paper. */
export type JobId = EventId & { readonly job?: never };
/** The shift_opened event of a shift. */
export type ShiftId = EventId & { readonly shift?: never };
/** A cash drawer's name in its store: 1 to 16 letters, digits, "_" or "-". */
export type DrawerId = Brand<string, "DrawerId">;
/** A clerk's short code in the staff list: 1 to 16 letters, digits, "_" or "-". */
export type ClerkId = Brand<string, "ClerkId">;

/** One event's identity in parts. `seq` counts from 1 without gaps over all epochs of a terminal. */
export interface EventKey {
  readonly terminal: TerminalId;
  readonly epoch: Epoch;
  readonly seq: number;
}

const TERMINAL = /^[A-Za-z0-9_-]{1,32}$/;
const EPOCH = /^[0-9a-f]{16}$/;
const CLERK = /^[A-Za-z0-9_-]{1,16}$/;

/** Whether `text` may name a terminal. */
export function isTerminalId(text: string): text is TerminalId {
  return TERMINAL.test(text);
}

/** Whether `text` may name an epoch. */
export function isEpoch(text: string): text is Epoch {
  return EPOCH.test(text);
}

/** Whether `text` may name a clerk. */
export function isClerkId(text: string): text is ClerkId {
  return CLERK.test(text);
}

/** Whether `text` may name a drawer. */
export function isDrawerId(text: string): text is DrawerId {
  return CLERK.test(text);
}

/** `text` as a drawer's name; a Bug when it is none. */
export function drawerId(text: string): DrawerId {
  assert(isDrawerId(text), "ids: A drawer's name must be 1 to 16 of A-Z a-z 0-9 _ -");
  return text;
}

/** `text` as a terminal's name; a Bug when it is none: check input with isTerminalId first. */
export function terminalId(text: string): TerminalId {
  assert(isTerminalId(text), "ids: A terminal's name must be 1 to 32 of A-Z a-z 0-9 _ -");
  return text;
}

/** `text` as an epoch; a Bug when it is none. */
export function epochId(text: string): Epoch {
  assert(isEpoch(text), "ids: An epoch must be 16 lower-case hex digits");
  return text;
}

/** `text` as a clerk's code; a Bug when it is none. */
export function clerkId(text: string): ClerkId {
  assert(isClerkId(text), "ids: A clerk's code must be 1 to 16 of A-Z a-z 0-9 _ -");
  return text;
}

/** The id of the event with this identity. */
export function eventId(key: EventKey): EventId {
  return `${key.terminal}/${key.epoch}/${key.seq}` as EventId;
}

/** The parts of "terminal/epoch/seq", or null when `text` is not of that shape. */
export function parseEventId(text: string): EventKey | null {
  const [terminal, epoch, digits, ...rest] = text.split("/");
  if (terminal === undefined || epoch === undefined || digits === undefined || rest.length > 0) return null;
  if (!isTerminalId(terminal) || !isEpoch(epoch) || !/^[1-9][0-9]{0,15}$/.test(digits)) return null;
  const seq = Number(digits);
  return Number.isSafeInteger(seq) ? { terminal, epoch, seq } : null;
}

/** `text` as an event id, or null when it is not of that shape: for ids that come from a screen. */
export function eventIdFrom(text: string): EventId | null {
  const key = parseEventId(text);
  return key === null ? null : eventId(key);
}

/**
 * What a shift is once its events are folded: who opened which drawer, and its figures so far. A
 * shift is a span of journal positions; no clock decides what belongs to it. Nothing here is stored
 * but the report of a closing.
 */
import type { ClerkId, EventId, ShiftId, TerminalId } from "../ids.ts";
import type { Minor } from "../money.ts";
import type { ShiftReport } from "./events.ts";

/** A shift of a drawer; open until it has a closing. */
export interface Shift {
  readonly id: ShiftId;
  /** The terminal that opened it: only that one counts and closes it. */
  readonly owner: TerminalId;
  /** The figures so far, of everything that this terminal has seen. After the closing, those of the Z. */
  readonly report: ShiftReport;
  /** Clerks whose cash goes here: who opened it. */
  readonly clerk: ClerkId | "";
  /** Whether this terminal's cash goes here though another terminal opened it. */
  readonly isJoined: boolean;
  /** The newest blind count, null before the first and after cash moved since. */
  readonly countedMinor: Minor | null;
  readonly closing: EventId | null;
}

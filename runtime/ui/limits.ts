/**
 * The named bounds of the screen's server and page. Beyond one of them a message is refused, a
 * connection closed or a list cut at a place that the page shows; nothing grows without an end.
 */
import { NOTE_TEXT_LENGTH_MAX } from "../../core/limits.ts";

/** One WebSocket message of a page; longer ones close the connection with 1009. A refund of ORDER_LINES_COUNT_MAX lines fits. */
export const PAGE_FRAME_BYTES_MAX = 256 * 1024;
/** Messages of one connection in any one second; a clerk's fastest is about ten. */
export const PAGE_MESSAGES_PER_SECOND_COUNT_MAX = 50;
/** Messages that cannot be read before their connection is closed. */
export const PAGE_FAULTS_COUNT_MAX = 10;
/** Open screens of one terminal. */
export const PAGES_COUNT_MAX = 8;
/**
 * What may wait for a page that reads too slowly before it is cut off; it finds all again when it
 * returns. The welcome of a catalogue of 50,000 items, some 10 MB at once, is not slowness.
 */
export const PAGE_BUFFERED_BYTES_MAX = 32 * 1024 * 1024;
/** Orders in the list of today: a standard day has 300. The page draws those in view. */
export const ORDERS_LISTED_COUNT_MAX = 500;
/** Taps that wait for an answer on a page; a further one is refused in words. */
export const PENDING_TAPS_COUNT_MAX = 32;
/** UTF-16 units of any text on the wire; what the trade allows is less and answered in words. */
export const WIRE_TEXT_LENGTH_MAX = 1000;
/** UTF-16 units of what a scanner typed; a longer code is refused in the scanner's words, up to here. */
export const SCAN_TEXT_LENGTH_MAX = 16 * 1024;
/** A PIN is 4 to 8 digits. */
export const PIN_DIGITS_COUNT_MIN = 4;
export const PIN_DIGITS_COUNT_MAX = 8;
/** Numbered messages of one view that wait behind a PIN that is being compared. */
export const WAITING_TAPS_COUNT_MAX = 32;
/** Views whose clerk is remembered between two connections; the longest unused must sign on again. */
export const DESKS_COUNT_MAX = 64;
/** Rows of an order's timeline; the oldest are left out of longer ones. */
export const TIMELINE_ROWS_COUNT_MAX = 500;
/** A page draws its view from 1 to this, once at each load. */
export const VIEW_NUMBER_MAX = 2 ** 48 - 1;
/** Rows of any list that the runtime sends. */
export const WIRE_ROWS_COUNT_MAX = 50_000;
/** Changes within this time reach the pages as one. */
export const PUSH_PAUSE_MS = 25;
/** A second tap on anything that moves money within this time is the same tap. */
export const DOUBLE_TAP_GUARD_MS = 350;
/** How long a page stays unlocked without a touch or a key. */
export const IDLE_LOCK_MS = 120_000;
/** How long the result of a sale stays up by itself. */
export const DONE_SHOWN_MS = 4000;
/** Tiles of one category or search; behind them the page asks to search. */
export const TILES_SHOWN_COUNT_MAX = 120;
/** UTF-16 units that the entry of a note takes: what the trade allows. */
export const NOTE_LENGTH_MAX = NOTE_TEXT_LENGTH_MAX;

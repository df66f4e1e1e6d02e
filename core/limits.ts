/**
 * The named bounds of the trade, shared by the rules and by the wire form of events.
 * A command beyond one of them is refused, never cut down in silence.
 */

/** Lines of one order; a wholesale invoice of a real shop had 1,114. */
export const ORDER_LINES_COUNT_MAX = 2000;
/** 1,000,000 pieces or 1,000 t in one command. */
export const QUANTITY_MILLI_MAX = 1_000_000_000;
export const UNIT_PRICE_MINOR_MAX = 100_000_000_000;
/** What one order may come to: far below the safe integers, far above any till. */
export const ORDER_TOTAL_MINOR_MAX = 1_000_000_000_000;
/** What a fold lets one line come to, several terminals' units together; 2,000 of them stay safe integers. */
export const LINE_AMOUNT_MINOR_MAX = 4 * ORDER_TOTAL_MINOR_MAX;
/** Tenders of one check: check_closed names them all. */
export const CHECK_TENDERS_COUNT_MAX = 64;
export const CASH_HANDED_MINOR_MAX = 1_000_000_000_000;
/** UTF-16 units. */
export const NAME_TEXT_LENGTH_MAX = 200;
export const SKU_TEXT_LENGTH_MAX = 64;
export const NOTE_TEXT_LENGTH_MAX = 200;
export const REASON_TEXT_LENGTH_MAX = 200;
/** A fault's code as an executor reports it. */
export const CODE_TEXT_LENGTH_MAX = 64;
/** Orders kept in memory; the oldest finished ones leave first. The journal keeps all. */
export const ORDERS_KEPT_COUNT_MAX = 4000;
/** Views whose newest tap is remembered; the longest unused leave first. */
export const VIEWS_KEPT_COUNT_MAX = 64;
/** Clerks signed on at one terminal; the earliest must sign on again. With their names they fit one checkpoint record. */
export const CLERKS_COUNT_MAX = 32;
/** UTF-16 units of a clerk's name. */
export const CLERK_NAME_LENGTH_MAX = 64;

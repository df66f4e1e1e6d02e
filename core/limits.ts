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
/** Shifts that are open at one terminal, its own and joined ones. */
export const SHIFTS_OPEN_COUNT_MAX = 4;
/** Shifts kept in memory so that a Z can be printed again; the journal keeps all. */
export const SHIFTS_KEPT_COUNT_MAX = 16;
/** Writers whose events one shift counts: the terminals that share its drawer, over their starts. */
export const SHIFT_WRITERS_COUNT_MAX = 32;
/** Tax rates that one shift lists; a shop has a handful, and its totals do not depend on the list. */
export const SHIFT_RATES_COUNT_MAX = 16;
/** Kinds of notes and coins in one count. */
export const DENOMINATIONS_COUNT_MAX = 64;
/** Notes or coins of one kind in one count. */
export const DENOMINATION_COUNT_MAX = 1_000_000;
/** A float, a pay-in, a pay-out or a drop. */
export const CASH_MOVE_MINOR_MAX = 1_000_000_000_000;
/** Items whose availability was set on this terminal; the longest untouched leave first. */
export const SOLD_OUT_COUNT_MAX = 100;
/** Catalogues of headquarters that are kept: two that have begun, and those to come. */
export const HQ_CATALOGUES_COUNT_MAX = 4;
/** Discounts that a clerk may give on one order, and coupons that it may have. */
export const ORDER_DISCOUNTS_COUNT_MAX = 20;
export const ORDER_COUPONS_COUNT_MAX = 10;
export const COUPON_CODE_LENGTH_MAX = 32;
export const TIER_TEXT_LENGTH_MAX = 32;
export const ORDER_GUESTS_COUNT_MAX = 10_000;
/** Lines of an order that is sold by pricing rules: what each of them costs and why fits the freeze's one record. */
export const PRICED_LINES_COUNT_MAX = 1200;
/** Bytes of what a check costs and why, with its frontier, at most: they fit one record beside its head. */
export const CHECK_PRICING_BYTES_MAX = 16_000;
/** Bytes of one writer in a check's frontier, at most: an id of 32 characters, an epoch, a position. */
export const FRONTIER_ENTRY_BYTES = 54;
/** Discounts, and fees, that one check names. */
export const CHECK_PROMOTIONS_COUNT_MAX = 96;
export const CHECK_FEES_COUNT_MAX = 16;
/** The name of a discount, a fee or a price list. */
export const PRICING_NAME_LENGTH_MAX = 200;
export const PRICING_ID_LENGTH_MAX = 64;
/** Prices of one item that are kept: two that have begun, and those to come. */
export const HQ_ITEM_PRICES_COUNT_MAX = 8;
/** Prices of all items that stand beside the catalogue; headquarters publishes a new one before there are more. */
export const HQ_PRICES_COUNT_MAX = 2000;
/** Clerks of whom headquarters has said something; the longest unsaid leave first. */
export const HQ_STAFF_COUNT_MAX = 64;
/** Clerks whose wrong PINs a checkpoint carries, the most wrong first. */
export const PINS_CARRIED_COUNT_MAX = 32;
/** Wrong PINs before a clerk waits, and before a second person must unlock (RELIABILITY 7.7). */
export const PIN_FREE_TRIES_COUNT = 5;
export const PIN_TRIES_COUNT_MAX = 10;
/** The first wait; each further wrong PIN doubles it. */
export const PIN_WAIT_MS = 30_000;
/** Lines, and UTF-16 units of their codes and names together, of one refund: it is one block of the journal, whole or not at all. */
export const REFUND_LINES_COUNT_MAX = 100;
export const REFUND_TEXT_LENGTH_MAX = 6000;
/** UTF-16 units of a reader's name of a payment. */
export const CARD_REFERENCE_LENGTH_MAX = 64;
/** UTF-16 units of a brand, a device's serial, an approval code. */
export const CARD_WORD_LENGTH_MAX = 40;
/** UTF-16 units of a reader's words on a decline. */
export const CARD_TEXT_LENGTH_MAX = 200;
/** A reader's name in the configuration. */
export const READER_NAME_LENGTH_MAX = 16;
/** A slip is one record of the journal. */
export const SLIP_LINES_COUNT_MAX = 120;
export const SLIP_LINE_LENGTH_MAX = 64;
/** Slips of one tender: merchant and customer, each printed again at most a few times by the reader's own choice. */
export const SLIPS_COUNT_MAX = 8;
/** Devices whose newest word is kept; the longest unused leave first. */
export const READERS_KEPT_COUNT_MAX = 16;
/** Brands in one day close. */
export const READER_BRANDS_COUNT_MAX = 32;
/** Named differences of one day close of a reader. */
export const DAY_CASES_COUNT_MAX = 64;

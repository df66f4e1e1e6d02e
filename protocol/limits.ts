/**
 * The named bounds of everything that travels or is signed. What is over them is refused with a code
 * before memory is taken for it.
 */

/** One record's bytes. Fits a block with room for its neighbours. */
export const RECORD_BYTES_MAX = 16_384;
/** All records of one commit block together: a block always fits one batch. */
export const BLOCK_BYTES_MAX = 49_152;
export const BLOCK_RECORDS_COUNT_MAX = 512;
/** A signed batch as it travels. */
export const BATCH_BYTES_MAX = 65_536;
/** Batches under way that were not acknowledged yet. */
export const WINDOW_BATCHES_COUNT_MAX = 8;
/** Positions that one hello names. */
export const HELLO_HOLDS_COUNT_MAX = 64;
/** Items that one notice names; with their skus they fit a message. */
export const NOTICE_ITEMS_COUNT_MAX = 50;
/** Wrappings that one offer names, and their highest number: one byte that begins no COSE_Sign1. */
export const OFFER_WRAPPINGS_COUNT_MAX = 16;
export const WRAPPING_NUMBER_MAX = 23;
/** A hello, an ack, a refusal or a notice as it travels. */
export const MESSAGE_BYTES_MAX = 16_384;
/** What a terminal or a front accepts from MQTT at all. */
export const PACKET_BYTES_MAX = 262_144;
/** All records of one commit block of headquarters' journal: a terminal records what it took of it as one record. */
export const HQ_BLOCK_BYTES_MAX = 14_000;
export const HQ_BLOCK_RECORDS_COUNT_MAX = 256;
/** A file that travels beside headquarters' journal. */
export const BLOB_BYTES_MAX = 33_554_432;
/** What one message carries of such a file. */
export const BLOB_CHUNK_BYTES_MAX = 49_152;
/** Records that one checkpoint record carries. */
export const CARRIED_RECORDS_COUNT_MAX = 256;

/**
 * The named bounds of a replayed year, beside those of a day (tools/replay-day/limits.ts). They keep a
 * run that stands still from waiting for ever, and its memory from growing with the year.
 */

/** Terminals of one run, each a process. */
export const TILLS_COUNT_MAX = 16;
/** Steps between two waits for headquarters' acknowledgement: what a terminal holds unsent stays below it. */
export const ACKED_EVERY_STEPS_COUNT = 10_000;
/** The report, everything that is held projected first; and the listing of a terminal's records. */
export const YEAR_REPORT_MS_MAX = 3_600_000;
/** How often the memory of the processes is looked at. */
export const MEMORY_LOOK_MS = 2000;
/** Differences of one terminal that are named. */
export const NAMED_DIFFERENCES_COUNT_MAX = 5;

/**
 * The named bounds of a replayed day. Each wait ends in a coded failure (fault.ts), never in a hang:
 * these are far above what a slow machine needs and far below what a person would wait for.
 */

/** Steps that were sent to the terminal and not answered yet. */
export const STEPS_UNDER_WAY_COUNT_MAX = 256;
/** From the start of the terminal's process to its word that it is ready. */
export const TERMINAL_READY_MS_MAX = 30_000;
/** Without any answer while steps are under way. */
export const STEP_SILENT_MS_MAX = 30_000;
/** From the last answer, or from headquarters' last acknowledgement after it, to the next one. */
export const ACKED_WAIT_MS_MAX = 120_000;
/** From the end of the steps to the end of the terminal's process. */
export const TERMINAL_STOP_MS_MAX = 20_000;
/** From the start of headquarters' process to its word that it is ready: the first start makes a database. */
export const HQ_READY_MS_MAX = 120_000;
/** From the signal to the end of headquarters' process. */
export const HQ_STOP_MS_MAX = 60_000;
/** A report or a listing of records, the start of the database included. */
export const HQ_REPORT_MS_MAX = 180_000;
/** What is kept of a process' last words for a failure's message. */
export const LAST_WORDS_CHARS_MAX = 2000;
/** Seeds of one call. */
export const SEEDS_COUNT_MAX = 1000;
/** How often progress is said where no terminal shows a bar. */
export const PROGRESS_PLAIN_MS = 3000;
/** How often the bar is drawn. */
export const PROGRESS_BAR_MS = 100;

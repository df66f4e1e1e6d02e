/**
 * The named bounds of a run of planted bugs: how long each may be looked for, where
 * the world begins, and how much is kept of what processes say.
 */
/** How long the world is given to catch one bug, on each of its courses. */
export const WORLD_MS_MAX = 60_000;
/** How long it may take beyond that to end what it began; then it is said to hang. */
export const WORLD_GRACE_MS_MAX = 120_000;
/** Crash states of a journal on that course of the world. */
export const JOURNAL_STATES_COUNT = 40_000;
/** Of the calls of the disk, each so many-th one is cut on the course that enumerates them. */
export const ENUMERATED_EVERY_COUNT = 8;
/** One seed of the tree without a bug, or one test file. */
export const CHECK_MS_MAX = 240_000;
/** How often a process is run that somebody else stops. */
export const TRIES_COUNT_MAX = 5;
/** Bytes kept of what a process says. */
export const OUTPUT_BYTES_MAX = 8 * 1024 * 1024;
/** The seed that every run of the world begins with. */
export const FIRST_SEED = 1;
/** Characters of a checker's or a test's words on the page. */
export const WORDS_CHARS_MAX = 160;

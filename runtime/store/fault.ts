/**
 * What can go wrong with the journal because the world failed. Our own mistakes (a record too big,
 * an append after close) are Bugs and not listed here.
 */

export type JournalFaultCode =
  /** A write or sync failed. Final for this process: nothing is retried, start again and recover. */
  | "journal/failed"
  /** No room on disk for this append; nothing of it was taken. */
  | "journal/full"
  /** Bytes that were durable are not what they were; `place` names file and offset. */
  | "journal/rot"
  /** The files belong to another terminal. Nothing was changed. */
  | "journal/other_terminal"
  /** The files were written by a newer release. Nothing was changed. */
  | "journal/format_unknown"
  /** The commit mark cannot be written; the journal goes on without it. */
  | "journal/mark_failed";

/** `place` is a file path with an offset where there is one. `retry` is "later" only for journal/full. */
export class JournalFault extends Error {
  override readonly name = "JournalFault";
  readonly code: JournalFaultCode;
  readonly place: string;
  readonly retry: "later" | "never";
  constructor(code: JournalFaultCode, place: string, cause?: unknown) {
    super(`${code}: ${place}`, { cause });
    this.code = code;
    this.place = place;
    this.retry = code === "journal/full" ? "later" : "never";
  }
}

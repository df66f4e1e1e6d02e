/**
 * Why a journal cannot be replayed, in coded sentences.
 * Replaying changes nothing, whatever it says.
 */

/** Stable codes. */
export type ReplayFaultCode =
  /** The folder holds no segment whose header can be read. */
  | "replay/no_journal"
  /** A block that the journal took holds bytes that are no records. */
  | "replay/not_readable"
  /** The command line names something that is not there. */
  | "replay/not_found";

const SENTENCES: Readonly<Record<ReplayFaultCode, string>> = {
  "replay/no_journal": "There is no journal in this folder. Name the data folder of a terminal",
  "replay/not_readable":
    "The journal holds bytes that are no records. Nothing was changed. Keep the folder and call support",
  "replay/not_found":
    "The journal holds nothing of this name. Nothing was changed. Look for it with tools/replay show",
};

/** A fault with what it is about. */
export class ReplayFault extends Error {
  override readonly name = "ReplayFault";
  readonly code: ReplayFaultCode;
  constructor(code: ReplayFaultCode, about: string) {
    super(`${code}: ${SENTENCES[code]}${about === "" ? "" : ` (${about})`}.`);
    this.code = code;
  }
}

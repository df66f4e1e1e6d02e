/**
 * What can keep a day from being replayed: a closed list of codes. A difference between the two
 * sides is not here: that is the result of a run that worked.
 */

export type ReplayFaultCode =
  /** An option that cannot be used. */
  | "replay/option"
  | "replay/file_unreadable"
  /** The file's bytes are no day; the message holds the csv/… or day/… code. */
  | "replay/file_refused"
  /** Nothing in the file can be sold. */
  | "replay/nothing_to_sell"
  | "replay/terminal_not_ready"
  /** The terminal's process ended without having been asked to. */
  | "replay/terminal_ended"
  /** The terminal does not answer any more. */
  | "replay/terminal_silent"
  | "replay/step_refused"
  /** The terminal said something that is no answer. */
  | "replay/terminal_unclear"
  | "replay/not_acknowledged"
  | "replay/hq_not_ready"
  | "replay/hq_ended"
  | "replay/hq_not_stopped"
  | "replay/report_failed"
  /** A planned fault did not happen: the run proves less than it says. */
  | "replay/fault_missed"
  /** The folder of a year was begun with other steps. */
  | "replay/other_plan"
  | "replay/stopped";

/** Why the run ended before its end. Everything it had started is stopped. */
export class ReplayFault extends Error {
  override readonly name = "ReplayFault";
  readonly code: ReplayFaultCode;
  constructor(code: ReplayFaultCode, detail: string, cause?: unknown) {
    super(`${code}: ${detail}`, { cause });
    this.code = code;
  }
}

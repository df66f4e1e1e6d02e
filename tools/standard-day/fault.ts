/**
 * What can keep the standard day from being played to its end: a closed list of codes. Sides that do
 * not agree at its end are not here: that is the result of a day that worked.
 */

export type DayFaultCode =
  /** An option that cannot be used. */
  | "standard_day/option"
  /** There is no browser to open the till in. */
  | "standard_day/no_browser"
  /** The screen did not do what a clerk would have seen it do. */
  | "standard_day/screen"
  /** The virtual printer did not answer, or forgot papers before they were read. */
  | "standard_day/printer"
  /** Headquarters' figures could not be read, or never became whole. */
  | "standard_day/hq";

/** Why the day ended before its end. Everything it had started is stopped. */
export class DayFault extends Error {
  override readonly name = "DayFault";
  readonly code: DayFaultCode;
  constructor(code: DayFaultCode, detail: string, cause?: unknown) {
    super(`${code}: ${detail}`, { cause });
    this.code = code;
  }
}

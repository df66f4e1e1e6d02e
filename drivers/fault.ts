/**
 * What the world of devices does to us: a closed list of codes, and the one error class that
 * carries them out of a port. Printer codes travel as values inside a print outcome; they share
 * the list so that the words for the clerk come from one table.
 */

/** Why bytes could not be brought to a device or from it. */
export type PortFaultCode =
  | "port/not_open"
  | "port/refused"
  | "port/unreachable"
  | "port/connect_timeout"
  | "port/write_timeout"
  | "port/queue_full"
  | "port/lost"
  /** What opens such devices is not installed on this system, or a part of it is missing. */
  | "port/no_library"
  | "port/closed";

/** Why a print job failed or ended in doubt. */
export type PrinterFaultCode =
  /** No printer is set up. */
  | "printer/none"
  /** Nobody answers at the address. */
  | "printer/unreachable"
  | "printer/paper_out"
  | "printer/cover_open"
  /** Offline for no reason it names: the feed button, or switched off line by hand. */
  | "printer/offline"
  /** Cutter or another error that the printer reports. */
  | "printer/error"
  /** Connected, but an answer did not come in time. */
  | "printer/timeout"
  | "printer/lost_connection"
  /** Too many jobs wait already. */
  | "printer/queue_full"
  | "printer/job_too_large"
  /** The driver was closed before the job began or ended. */
  | "printer/closed";

/** Why there is no weight although the line is open. */
export type ScaleFaultCode =
  /** What is on the line does not answer as a scale. */
  "scale/silent";

/** Every code a driver can report. */
export type DriverFaultCode = PortFaultCode | PrinterFaultCode | ScaleFaultCode;

/** "now": the same call may be repeated at once; "later": after a pause; "never": not on this object. */
export type Retry = "now" | "later" | "never";

/** A device or its link failed. `facts` name what a log line needs: addresses, sizes, the system's code. */
export class DriverFault extends Error {
  override readonly name = "DriverFault";
  readonly code: DriverFaultCode;
  readonly facts: Readonly<Record<string, string | number>>;
  readonly retry: Retry;

  constructor(code: DriverFaultCode, retry: Retry, facts: Readonly<Record<string, string | number>> = {}) {
    super(code);
    this.code = code;
    this.retry = retry;
    this.facts = facts;
  }
}

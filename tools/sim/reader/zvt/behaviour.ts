/**
 * How a simulated ZVT terminal behaves, as data: a model of terminal is a row, not a branch. What the rows
 * mean is in business.ts and commands.ts; nothing here acts.
 */

/**
 * What becomes of a business whose result the till did not acknowledge.
 * "older": it is taken back; it stands once the result and every print command were acknowledged.
 * "newer": it stands as soon as it is approved, and is taken back by the next business if the till then
 * says that its newest receipt is exactly one behind.
 * "plain": it stands as soon as it is approved, whatever the till knows.
 * All of them take a business back whose result the till refused in words.
 */
export type Generation = "older" | "newer" | "plain";

/** Result codes that this terminal gives. */
export const RESULT = {
  OK: 0x00,
  WRONG_PIN: 0x37,
  UNREADABLE: 0x64,
  TURNOVER_FULL: 0x6a,
  NOT_REGISTERED: 0x6b,
  CANCELLED: 0x6c,
  WRONG_CURRENCY: 0x6f,
  NOT_POSSIBLE: 0x83,
  HOST_UNREACHABLE: 0x9b,
  WAIT: 0x9c,
  ALREADY_REVERSED: 0xb4,
  NOT_REVERSIBLE: 0xb5,
  RESERVATION_UNKNOWN: 0xb7,
  PRINTER_NOT_READY: 0xcc,
  MAINTENANCE: 0xe0,
  CLOSE_DAY: 0xf0,
} as const;

/** What 04 FF says. */
export const INTERMEDIATE = {
  WATCH_PIN_PAD: 0x01,
  ASKING_HOST: 0x04,
  REVERSING: 0x05,
  INSERT_CARD: 0x0a,
  REMOVE_CARD: 0x0b,
  PLEASE_WAIT: 0x0e,
  WRONG_PIN: 0x15,
} as const;

/** The till's choices at registration (06 00). */
export const CONFIG = {
  TILL_PRINTS: 0x02,
  ADMIN_PRINTS: 0x04,
  INTERMEDIATE: 0x08,
  AS_COMMANDS: 0x80,
} as const;

export interface Behaviour {
  readonly generation: Generation;
  /** Eight digits. */
  readonly terminalId: string;
  readonly version: string;
  /** Four digits, as on the wire. */
  readonly currency: string;
  /** It has a printer of its own and leaves the till's alone. */
  readonly printsItself: boolean;
  /** It takes part in message sequence ids when they are offered. */
  readonly hasMessageIds: boolean;
  /** What a repeated receipt says after the newest business was taken back. */
  readonly repeatsReversals: boolean;
  /** A business that failed sends its result (04 0F) before 06 1E. */
  readonly tellsFailures: boolean;
  /** What a lost connection does to a business that still waits for its card. */
  readonly whenLinkIsLost: "abort" | "go_on";
  readonly pinTriesMax: number;
  /** How long it waits for the answer to what it sent, from the moment the till has it. */
  readonly answerMs: number;
  readonly cardWaitMs: number;
  readonly removalWaitMs: number;
  /** Minutes it announces with 04 FF while a card is waited for; null for none. */
  readonly cardWaitMinutes: number | null;
  /** Pause before a result is asked about again, after 84 9C. */
  readonly askAgainMs: number;
  /** Status enquiries that a maintenance lasts; each one asked brings its end nearer. */
  readonly maintenancePolls: number;
  /** A maintenance follows each end of day. */
  readonly updatesAfterDay: boolean;
  readonly turnoverCountMax: number;
}

/** An older terminal: it takes back what was not acknowledged. */
export const OLDER: Behaviour = {
  generation: "older",
  terminalId: "52500041",
  version: "2.14.15",
  currency: "0978",
  printsItself: false,
  hasMessageIds: false,
  repeatsReversals: false,
  tellsFailures: true,
  whenLinkIsLost: "go_on",
  pinTriesMax: 3,
  answerMs: 5_000,
  cardWaitMs: 90_000,
  removalWaitMs: 30_000,
  cardWaitMinutes: 2,
  askAgainMs: 2_000,
  maintenancePolls: 3,
  updatesAfterDay: false,
  turnoverCountMax: 2_000,
};

/** A newer one: what it approved stands. */
export const NEWER: Behaviour = {
  ...OLDER,
  generation: "newer",
  terminalId: "52500042",
  version: "3.04.02",
  hasMessageIds: true,
};

/** One that approves and never looks back. */
export const PLAIN: Behaviour = { ...OLDER, generation: "plain", terminalId: "52500043", version: "3.01.00" };

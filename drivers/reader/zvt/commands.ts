/**
 * The commands of the ZVT protocol that are spoken here (PA00P015 chapters 2 and 3): class and
 * instruction, name, and which positional bytes stand before the fields. Data only.
 */

/** What stands before the fields of an APDU. */
export type LeadForm =
  | "none"
  /** Password, three bytes BCD. */
  | "password"
  /** The password may be absent (status enquiry). */
  | "password_optional"
  /** Password, configuration byte, and the currency. */
  | "registration"
  /** A status byte, and minutes in BCD that may be absent. */
  | "intermediate"
  /** The result byte; after 6Fh the currency. */
  | "result"
  /** Fields, or the answer to a status enquiry: software version and status byte. */
  | "completion"
  /** An attribute byte, then text to the end. */
  | "print_line"
  /** Seconds to wait for a card. */
  | "seconds"
  /** The new rate. */
  | "byte";

/** One command. */
export interface ZvtCommandRow {
  /** Class times 256 plus instruction. */
  readonly code: number;
  readonly name: string;
  readonly lead: LeadForm;
  /** Who sends it. */
  readonly from: "register" | "terminal" | "both";
}

/** All commands and both answers. `refused` stands for every 84 xx: its instruction byte is the reason. */
export const ZVT_COMMANDS = [
  { code: 0x0401, name: "set_time_terminal", lead: "none", from: "terminal" },
  { code: 0x040f, name: "status_information", lead: "none", from: "terminal" },
  { code: 0x04ff, name: "intermediate_status", lead: "intermediate", from: "terminal" },
  { code: 0x0501, name: "status_enquiry", lead: "password_optional", from: "register" },
  { code: 0x0600, name: "registration", lead: "registration", from: "register" },
  { code: 0x0601, name: "authorisation", lead: "none", from: "register" },
  { code: 0x0602, name: "log_off", lead: "none", from: "register" },
  { code: 0x060f, name: "completion", lead: "completion", from: "terminal" },
  { code: 0x0610, name: "turnover_totals", lead: "password", from: "register" },
  { code: 0x061e, name: "abort", lead: "result", from: "terminal" },
  { code: 0x0620, name: "repeat_receipt", lead: "password", from: "register" },
  { code: 0x0622, name: "pre_authorisation", lead: "none", from: "register" },
  { code: 0x0623, name: "partial_reversal", lead: "none", from: "register" },
  { code: 0x0624, name: "book_total", lead: "none", from: "register" },
  { code: 0x0625, name: "pre_authorisation_reversal", lead: "none", from: "register" },
  { code: 0x0630, name: "reversal", lead: "password", from: "register" },
  { code: 0x0631, name: "refund", lead: "password", from: "register" },
  { code: 0x0650, name: "end_of_day", lead: "password", from: "register" },
  { code: 0x0670, name: "diagnosis", lead: "none", from: "register" },
  { code: 0x0691, name: "set_time", lead: "none", from: "register" },
  { code: 0x0693, name: "initialisation", lead: "password", from: "register" },
  { code: 0x06b0, name: "abort_by_register", lead: "none", from: "register" },
  { code: 0x06c0, name: "read_card", lead: "seconds", from: "register" },
  { code: 0x06d1, name: "print_line", lead: "print_line", from: "terminal" },
  { code: 0x06d3, name: "print_text_block", lead: "none", from: "terminal" },
  { code: 0x06e0, name: "display_text", lead: "none", from: "register" },
  { code: 0x0840, name: "baud_rate", lead: "byte", from: "register" },
  { code: 0x8000, name: "done", lead: "none", from: "both" },
  { code: 0x8400, name: "refused", lead: "none", from: "both" },
] as const satisfies readonly ZvtCommandRow[];

/** Name of a command or an answer. */
export type ZvtName = (typeof ZVT_COMMANDS)[number]["name"];

const ROW_OF_CODE = new Map<number, (typeof ZVT_COMMANDS)[number]>(
  ZVT_COMMANDS.map((row) => [row.code, row]),
);
const ROW_OF_NAME = new Map<string, (typeof ZVT_COMMANDS)[number]>(
  ZVT_COMMANDS.map((row) => [row.name, row]),
);

/** The row of a code; undefined for one that is not spoken here. All 84 xx are one row. */
export function rowOfCode(code: number): (typeof ZVT_COMMANDS)[number] | undefined {
  return ROW_OF_CODE.get(code >> 8 === 0x84 ? 0x8400 : code);
}

/** The row of a name. */
export function rowOfName(name: ZvtName): (typeof ZVT_COMMANDS)[number] | undefined {
  return ROW_OF_NAME.get(name);
}

/**
 * What a terminal tells during a command, as facts: results (04 0F), what holder and clerk should see
 * (04 FF), and text for paper (06 D1, 06 D3). Pure; knows messages and no dialogue.
 */

import type {
  CardEntry,
  CardFacts,
  CardVerification,
  ReaderPrompt,
  ReaderSlip,
  ReaderSlipLine,
} from "../reader.ts";
import type { ZvtMessage } from "./apdu.ts";
import { bmpLastFour, bmpNumber, bmpText, bmpTlv, bmpTotals } from "./bmp.ts";
import type { ZvtTotals } from "./bmp.ts";
import { innerTlv, tlvNumber, tlvText } from "./tlv.ts";
import type { TlvItem } from "./tlv.ts";

/** A status information (04 0F). What was not sent, or not readable, is undefined or empty. */
export interface StatusFacts {
  /** The result byte; of a host's A0 to AF, which come as 00 with the truth beside them, the truth. */
  readonly result: number | undefined;
  readonly amountMinor: number | undefined;
  /** Four digits as on the wire; empty when not sent. */
  readonly currencyDigits: string;
  readonly receipt: string;
  readonly trace: string;
  /** Set when this took something back. */
  readonly originalTrace: string;
  readonly terminal: string;
  readonly card: CardFacts;
  readonly authorisation: string;
  readonly text: string;
  readonly totals: ZvtTotals | undefined;
  /** Hex of a card's UID, padding taken off; empty when not sent. */
  readonly uid: string;
}

/** The facts of a status information. */
export function statusFacts({ fields }: ZvtMessage): StatusFacts {
  const tlv = bmpTlv(fields);
  const result = bmpNumber(fields, "result");
  const hostResult = bmpNumber(fields, "host_result");
  return {
    result: result === 0 && hostResult !== undefined && hostResult !== 0 ? hostResult : result,
    amountMinor: bmpNumber(fields, "amount"),
    currencyDigits: bmpText(fields, "currency") ?? "",
    receipt: numbered(bmpText(fields, "receipt")),
    trace: numbered(tlvText(tlv, "long_trace")?.slice(-6) ?? bmpText(fields, "trace")),
    originalTrace: bmpText(fields, "original_trace") ?? "",
    terminal: bmpText(fields, "terminal") ?? "",
    card: cardFacts({ fields }, tlv),
    authorisation: (bmpText(fields, "authorisation") ?? "").trim(),
    text: bmpText(fields, "additional_text") ?? tlvText(tlv, "error_text") ?? "",
    totals: bmpTotals(fields),
    uid: unpaddedUid(tlvText(tlv, "uid") ?? ""),
  };
}

function numbered(digits: string | undefined): string {
  return digits === undefined || digits.startsWith("F") ? "" : digits;
}

/** BMP 8A of the schemes that are common [known: the list of card types is a document of its own]. */
const BRAND_OF_TYPE: ReadonlyMap<number, string> = new Map([
  [2, "girocard"],
  [5, "girocard"],
  [6, "Mastercard"],
  [8, "American Express"],
  [10, "Visa"],
  [11, "Visa Electron"],
  [12, "Diners"],
  [13, "V PAY"],
  [14, "JCB"],
  [46, "Maestro"],
]);
const ENTRY_OF_TECHNOLOGY: ReadonlyMap<number, CardEntry> = new Map([
  [0, "stripe"],
  [1, "chip"],
  [2, "contactless"],
]);
/** Tag 1F10. */
const VERIFICATION: ReadonlyMap<number, CardVerification> = new Map([
  [0, "none"],
  [1, "signature"],
  [2, "pin"],
  [3, "pin"],
  [4, "pin"],
  [5, "pin"],
  [6, "device"],
]);

function cardFacts({ fields }: Pick<ZvtMessage, "fields">, tlv: readonly TlvItem[]): CardFacts {
  const name =
    bmpText(fields, "card_name") ?? tlvText(innerTlv(tlv, "application"), "application_name") ?? "";
  return {
    brand: name.trim() === "" ? (BRAND_OF_TYPE.get(bmpNumber(fields, "card_type") ?? -1) ?? "") : name.trim(),
    lastFour: bmpLastFour(fields),
    entry: ENTRY_OF_TECHNOLOGY.get(tlvNumber(tlv, "technology") ?? -1) ?? "unknown",
    verification: VERIFICATION.get(tlvNumber(tlv, "verification") ?? -1) ?? "unknown",
  };
}

/** UIDs have 4, 7 or 10 bytes and come padded to 10, with zeros before or behind. */
function unpaddedUid(hex: string): string {
  const match = /^(?:0{12}([0-9A-F]{8})|0{6}([0-9A-F]{14})|([0-9A-F]{8})0{12}|([0-9A-F]{14})0{6})$/.exec(hex);
  return match?.slice(1).find((part) => part !== undefined) ?? hex;
}

/** Intermediate status bytes (PA00P015 3.7); 40h more is the same with a card in the reader. */
const STEP_OF_STATUS: ReadonlyMap<number, ReaderPrompt["step"]> = new Map([
  [0x00, "processing"],
  [0x01, "enter_pin"],
  [0x02, "enter_pin"],
  [0x04, "processing"],
  [0x05, "processing"],
  [0x06, "processing"],
  [0x0a, "present_card"],
  [0x0b, "remove_card"],
  [0x0e, "processing"],
  [0x0f, "processing"],
  [0x15, "enter_pin"],
  [0x17, "processing"],
  [0x41, "enter_pin"],
  [0x44, "processing"],
  [0x4a, "remove_card"],
  [0x4b, "remove_card"],
  [0x55, "enter_pin"],
  [0x66, "processing"],
  [0xd2, "processing"],
  [0xd3, "processing"],
  [0xd4, "processing"],
  [0xf1, "processing"],
  [0xf2, "processing"],
]);

/** What an intermediate status means for the screen: the step, and the terminal's own words. */
export function promptOf({ lead, fields }: ZvtMessage): Pick<ReaderPrompt, "step" | "text"> {
  const status = lead.kind === "intermediate" ? lead.status : -1;
  const texts = innerTlv(bmpTlv(fields), "display_texts").flatMap(({ name, value }) =>
    name === "text" && typeof value === "string" && value.trim() !== "" ? [value.trim()] : [],
  );
  return { step: STEP_OF_STATUS.get(status) ?? "other", text: texts.join(" ").slice(0, PROMPT_CHARS_MAX) };
}

/** Longest text for the screen: eight lines of a terminal's display. */
const PROMPT_CHARS_MAX = 160;

/** Lines that one slip may have: some meters of paper; more are left out. */
export const SLIP_LINES_MAX = 400;

/** A printed line (06 D1): its text, and whether it ends the slip. Undefined lines: only paper feed. */
export function printedLine({ lead }: ZvtMessage): {
  readonly lines: readonly ReaderSlipLine[];
  readonly isLast: boolean;
} {
  if (lead.kind !== "print_line") return { lines: [], isLast: false };
  const { attribute, text } = lead;
  if (attribute === 0xff) return { lines: [EMPTY_LINE], isLast: false };
  const isLast = attribute >= 0x80;
  return { lines: isLast && text === "" ? [] : [slipLine(attribute, text)], isLast };
}

const EMPTY_LINE: ReaderSlipLine = { text: "", isBold: false, isCentred: false };

/** Attribute bits: 40h centred, 20h wide, 10h high; below them the indent of a plain line. */
function slipLine(attribute: number, text: string): ReaderSlipLine {
  const isPlain = (attribute & 0x70) === 0;
  const indent = isPlain ? " ".repeat(attribute & 0x0f) : "";
  return { text: indent + text, isBold: (attribute & 0x30) !== 0, isCentred: (attribute & 0x40) !== 0 };
}

/** A block of text (06 D3) as a slip. */
export function printedBlock({ fields }: ZvtMessage): ReaderSlip {
  const tlv = bmpTlv(fields);
  const lines: ReaderSlipLine[] = [];
  let attribute = 0;
  for (const { name, value } of innerTlv(tlv, "print_texts")) {
    if (name === "attribute" && typeof value === "number") attribute = value;
    if (name !== "text" || typeof value !== "string") continue;
    if (lines.length < SLIP_LINES_MAX) lines.push(slipLine(attribute & 0x7f, value));
    // An attribute is for the next line alone.
    attribute = 0;
  }
  return { copy: COPY_OF_KIND.get(tlvNumber(tlv, "receipt_kind") ?? 0) ?? "admin", lines };
}

const COPY_OF_KIND: ReadonlyMap<number, ReaderSlip["copy"]> = new Map([
  [1, "merchant"],
  [2, "customer"],
  [3, "admin"],
]);

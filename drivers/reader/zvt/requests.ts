/**
 * The commands that a register gives a ZVT terminal (PA00P015 chapter 2), ready to be sent. Pure: what
 * goes in are words of reader.ts, what comes out are messages.
 */

import type { ReaderRequest, ReaderSlip } from "../reader.ts";
import type { ZvtLead, ZvtMessage } from "./apdu.ts";
import { zvtMessage } from "./apdu.ts";
import { bmpField } from "./bmp.ts";
import type { BmpField } from "./bmp.ts";
import { receiptOf } from "./reference.ts";
import type { ZvtCommand, ZvtMoney } from "./session.ts";
import { T4_BRIEF_MS, T4_MS, ZVT_CONFIG } from "./session.ts";
import { tlvItem } from "./tlv.ts";
import type { TlvItem } from "./tlv.ts";

/**
 * What the terminal is taken for. "classic": of before 2014; it is told nothing that it may not know.
 * "current": it is told our newest receipt (1F1F) and offered message sequence ids (1F73).
 */
export type ZvtGeneration = "classic" | "current";

/** What commands need to know of the terminal. */
export interface ZvtSetup {
  /** Six digits. */
  readonly password: string;
  /** Letters of the currency to its four digits, "EUR" to "0978". */
  readonly currencies: ReadonlyMap<string, string>;
  /** Of the registration. */
  readonly currency: string;
  readonly printsItself: boolean;
  readonly generation: ZvtGeneration;
}

/** Largest amount of BMP 04. */
export const ZVT_AMOUNT_MINOR_MAX = 999_999_999_999;

const MONEY_COPIES: readonly ReaderSlip["copy"][] = ["merchant", "customer"];
const ADMIN_COPIES: readonly ReaderSlip["copy"][] = ["admin"];

/** Registration (06 00) with what is recommended: we control, we print, in blocks. */
export function registrationCommand(setup: ZvtSetup): ZvtCommand {
  const { password, currencies, currency, printsItself, generation } = setup;
  const control =
    ZVT_CONFIG.sendIntermediate | ZVT_CONFIG.registerControlsPayments | ZVT_CONFIG.registerControlsAdmin;
  const print =
    ZVT_CONFIG.registerPrintsReceipts | ZVT_CONFIG.registerPrintsAdmin | ZVT_CONFIG.receiptsAsCommands;
  const config = printsItself ? control : control | print;
  const blocks = tlvItem("permitted_commands", [tlvItem("command", "06D3")]);
  const items = generation === "classic" ? [blocks] : [blocks, tlvItem("message_id", "000000")];
  const lead: ZvtLead = { kind: "registration", password, config, currency: currencies.get(currency) };
  return service(zvtMessage("registration", [bmpField("tlv", items)], lead));
}

/** Status enquiry (05 01). */
export function enquiryCommand({ password }: ZvtSetup): ZvtCommand {
  return service(zvtMessage("status_enquiry", [], { kind: "password", password }));
}

/** Repeat receipt (06 20): its data, without paper. */
export function repeatCommand({ password }: ZvtSetup): ZvtCommand {
  const [sendData, doNotPrint] = [0x01, 0x02];
  const fields = [bmpField("service", sendData | doNotPrint)];
  return {
    ...service(zvtMessage("repeat_receipt", fields, { kind: "password", password })),
    expectsResults: true,
  };
}

/** Payment (06 01), refund (06 31) or reversal (06 30); undefined when the protocol cannot say it. */
export function moneyCommand(request: ReaderRequest, setup: ZvtSetup): ZvtCommand | undefined {
  const { password, currencies, generation } = setup;
  const { kind, amountMinor, currency, original, watermark } = request;
  const digits = currencies.get(currency);
  const isAmount =
    Number.isSafeInteger(amountMinor) && amountMinor > 0 && amountMinor <= ZVT_AMOUNT_MINOR_MAX;
  if (digits === undefined || !isAmount) return undefined;
  const sum = [bmpField("amount", amountMinor), bmpField("currency", digits)];
  const tail = generation === "classic" ? [] : container([syncItem(watermark)]);
  const lead: ZvtLead = { kind: "password", password };
  const ofMoney = { kind, amountMinor, currency };
  if (kind === "pay") return money(zvtMessage("authorisation", [...sum, ...tail]), ofMoney);
  if (kind === "refund") return money(zvtMessage("refund", [...sum, ...tail], lead), ofMoney);
  const receipt = receiptOf(original);
  if (receipt === undefined) return undefined;
  const fields = [bmpField("receipt", receipt), ...sum, ...tail];
  return money(zvtMessage("reversal", fields, lead), ofMoney);
}

/** One of the pre-authorisation family. `amountMinor` and `original` as the kind needs them. */
export interface PreAuthorisationRequest extends Omit<ReaderRequest, "kind"> {
  /** Reserve (06 22), book the whole (06 24), give a part back (06 23), give all back (06 25). */
  readonly kind: "reserve" | "book" | "release_part" | "release";
}

/** A command of the pre-authorisation family; undefined when the protocol cannot say it. */
export function preAuthorisationCommand(
  { kind, ...rest }: PreAuthorisationRequest,
  setup: ZvtSetup,
): ZvtCommand | undefined {
  const isGivenBack = kind === "release" || kind === "release_part";
  const request: ReaderRequest = { ...rest, kind: isGivenBack ? "reverse" : "pay" };
  const plain = moneyCommand(kind === "reserve" ? request : { ...request, kind: "reverse" }, setup);
  if (plain === undefined || plain.money === null) return undefined;
  const { fields } = plain.message;
  const ofMoney: ZvtMoney = { ...plain.money, kind: request.kind };
  switch (kind) {
    case "reserve":
      return money(zvtMessage("pre_authorisation", fields), ofMoney);
    case "book":
      return money(zvtMessage("book_total", fields), ofMoney);
    case "release_part":
      return money(zvtMessage("partial_reversal", fields), ofMoney);
    case "release":
      return money(
        zvtMessage(
          "pre_authorisation_reversal",
          fields.filter(({ name }) => name !== "amount"),
        ),
        ofMoney,
      );
  }
}

/** Which pre-authorisations are open (06 23 with receipt FFFF). */
export function openPreAuthorisationsCommand(): ZvtCommand {
  return service(zvtMessage("partial_reversal", [bmpField("receipt", "FFFF")]));
}

/** End of day (06 50). */
export function endOfDayCommand({ password }: ZvtSetup): ZvtCommand {
  return longService(zvtMessage("end_of_day", [], { kind: "password", password }));
}

/** Diagnosis (06 70). */
export function diagnosisCommand(): ZvtCommand {
  return longService(zvtMessage("diagnosis"));
}

/** Initialisation (06 93). */
export function initialisationCommand({ password }: ZvtSetup): ZvtCommand {
  return longService(zvtMessage("initialisation", [], { kind: "password", password }));
}

/** Seconds that a member card is waited for. */
export const READ_CARD_SECONDS = 30;

/** Read card (06 C0), for the number of its chip alone: any kind of contactless card, its UID. */
export function readCardCommand(): ZvtCommand {
  const fields = [
    bmpField("kind", 0x10),
    bmpField("dialog_control", 0x02),
    bmpField("tlv", [tlvItem("card_reading", "D0"), tlvItem("card_types", "07")]),
  ];
  const message = zvtMessage("read_card", fields, { kind: "byte", value: READ_CARD_SECONDS });
  return { ...service(message), endsWith: "result", expectsResults: true, t4Ms: T4_MS };
}

/** Abort (06 B0) of whatever the terminal may be doing for a register that it has lost. */
export function abortCommand(): ZvtCommand {
  return { ...service(zvtMessage("abort_by_register")), endsWith: "answer" };
}

/** Text on the terminal's display (06 E0), up to eight lines. */
export function displayCommand(texts: readonly string[], seconds: number): ZvtCommand {
  const names = [
    "display_line_1",
    "display_line_2",
    "display_line_3",
    "display_line_4",
    "display_line_5",
    "display_line_6",
    "display_line_7",
    "display_line_8",
  ] as const;
  const fields = names.flatMap((name, index) => {
    const text = texts[index];
    return text === undefined ? [] : [bmpField(name, text.slice(0, 99))];
  });
  return service(
    zvtMessage("display_text", [bmpField("display_seconds", Math.min(seconds, 255)), ...fields]),
  );
}

/** The newest receipt that we know: empty when none, and never nought. */
function syncItem(watermark: string): TlvItem {
  return tlvItem("sync_id", receiptOf(watermark) ?? "");
}

function container(items: readonly TlvItem[]): readonly BmpField[] {
  return items.length === 0 ? [] : [bmpField("tlv", items)];
}

function service(message: ZvtMessage): ZvtCommand {
  return {
    message,
    money: null,
    endsWith: "completion",
    expectsResults: false,
    t4Ms: T4_BRIEF_MS,
    takesSlips: false,
    slipCopies: ADMIN_COPIES,
  };
}

/** A service that the terminal takes its time for: it calls its host, and may print. */
function longService(message: ZvtMessage): ZvtCommand {
  return { ...service(message), expectsResults: true, t4Ms: T4_MS, takesSlips: true };
}

function money(message: ZvtMessage, ofMoney: ZvtMoney): ZvtCommand {
  return {
    message,
    money: ofMoney,
    endsWith: "completion",
    expectsResults: true,
    t4Ms: T4_MS,
    takesSlips: true,
    slipCopies: MONEY_COPIES,
  };
}

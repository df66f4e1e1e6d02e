/**
 * The words of the simulated terminal as APDUs and back, with the codec of the driver. Fields that a
 * driver must not keep (card number, expiry date) are written raw, as terminals do; golden tests of plain
 * bytes stand beside this, so that an error of the codec does not hide itself.
 */

import { decodeApdu, encodeApdu, zvtMessage } from "../../../../drivers/reader/zvt/apdu.ts";
import type { ZvtMessage } from "../../../../drivers/reader/zvt/apdu.ts";
import { bmpField, bmpNumber, bmpText, bmpTlv } from "../../../../drivers/reader/zvt/bmp.ts";
import type { BmpField } from "../../../../drivers/reader/zvt/bmp.ts";
import { fromHex } from "../../../../drivers/reader/zvt/bytes.ts";
import { innerTlv, tlvItem, tlvText } from "../../../../drivers/reader/zvt/tlv.ts";
import type { TlvItem } from "../../../../drivers/reader/zvt/tlv.ts";
import { TOTAL_BRANDS } from "./messages.ts";
import type {
  DayTotals,
  FromTerminal,
  FromTill,
  SlipLine,
  StatusFields,
  TerminalBody,
  TillBody,
} from "./messages.ts";

const UNKNOWN_CONTROL = 0xffff;

/** Reads what the till sent; total: what is no command known here is "unknown". */
export function readFromTill(apdu: Uint8Array): FromTill {
  const decoded = decodeApdu(apdu.slice());
  if (!decoded.ok) {
    const control = (apdu[0] ?? 0xff) * 256 + (apdu[1] ?? 0xff);
    return { body: { kind: "unknown", control: apdu.length < 2 ? UNKNOWN_CONTROL : control }, id: null };
  }
  const { message } = decoded.value;
  const id = tlvText(bmpTlv(message.fields), "message_id");
  return { body: bodyOf(message), id: id === undefined ? null : Number(id) };
}

function bodyOf(message: ZvtMessage): TillBody {
  const { name, code, lead, fields } = message;
  const receipt = Number(bmpText(fields, "receipt") ?? "0");
  const amountMinor = bmpNumber(fields, "amount") ?? 0;
  const currency = bmpText(fields, "currency") ?? null;
  const syncReceipt = syncOf(tlvText(bmpTlv(fields), "sync_id"));
  switch (name) {
    case "done":
      return { kind: "answer", code: 0 };
    case "refused":
      return { kind: "answer", code: code & 0xff };
    case "registration":
      return lead.kind === "registration"
        ? {
            kind: "register",
            configBits: lead.config,
            currency: lead.currency ?? null,
            takesBlocks: permits(fields, "06D3"),
          }
        : { kind: "unknown", control: code };
    case "log_off":
      return { kind: "log_off" };
    case "authorisation":
      return { kind: "charge", amountMinor, currency, syncReceipt };
    case "refund":
      return { kind: "refund", amountMinor, currency, syncReceipt };
    case "pre_authorisation":
      return { kind: "reserve", amountMinor, currency, syncReceipt };
    case "reversal":
      return { kind: "reverse", receipt, syncReceipt };
    case "pre_authorisation_reversal":
      return { kind: "release", receipt, syncReceipt };
    case "book_total":
      return { kind: "book", receipt, amountMinor };
    case "partial_reversal": {
      const receiptText = bmpText(fields, "receipt");
      if (receiptText === undefined || receiptText === "FFFF") return { kind: "list_reservations" };
      return { kind: "release_part", receipt, amountMinor };
    }
    case "repeat_receipt": {
      const service = bmpNumber(fields, "service") ?? 0;
      return { kind: "repeat_receipt", wantsStatus: (service & 1) !== 0, wantsPrint: (service & 2) === 0 };
    }
    case "end_of_day":
      return { kind: "end_day" };
    case "turnover_totals":
      return { kind: "totals" };
    case "diagnosis":
      return { kind: "diagnose" };
    case "initialisation":
      return { kind: "initialise" };
    case "status_enquiry":
      return { kind: "enquire" };
    case "read_card":
      return { kind: "read_card" };
    case "abort_by_register":
      return { kind: "abort" };
    case "display_text":
      return { kind: "display" };
    case "set_time":
      return { kind: "set_time" };
    default:
      return { kind: "unknown", control: code };
  }
}

/** Empty, or FFFF, is "not known". */
function syncOf(digits: string | undefined): number | null {
  return digits === undefined || !/^\d+$/.test(digits) ? null : Number(digits);
}

function permits(fields: readonly BmpField[], command: string): boolean {
  return innerTlv(bmpTlv(fields), "permitted_commands").some(({ value }) => value === command);
}

/** What the terminal says, as an APDU. */
export function writeToTill({ body, id }: FromTerminal): Uint8Array {
  const ids = id === null ? [] : [tlvItem("message_id", digits(id, 6))];
  return encodeApdu(messageOf(body, ids));
}

function messageOf(body: TerminalBody, ids: readonly TlvItem[]): ZvtMessage {
  switch (body.kind) {
    case "answer":
      return body.code === 0
        ? zvtMessage("done", container(ids))
        : zvtMessage("refused", container(ids), { kind: "none" }, body.code);
    case "intermediate": {
      const texts = body.text === "" ? [] : [tlvItem("display_texts", [tlvItem("text", body.text)])];
      const minutes = body.timeoutMinutes ?? undefined;
      return zvtMessage("intermediate_status", container([...texts, ...ids]), {
        kind: "intermediate",
        status: body.code,
        minutes,
      });
    }
    case "status":
      return zvtMessage("status_information", statusFields(body.fields, ids));
    case "print_line":
      return zvtMessage("print_line", [], {
        kind: "print_line",
        attribute: body.isLast ? attributeOf(body.line) | 0x80 : attributeOf(body.line),
        text: body.line.text,
      });
    case "print_block": {
      const lines = body.lines.flatMap((line) => [
        ...(attributeOf(line) === 0 ? [] : [tlvItem("attribute", attributeOf(line))]),
        tlvItem("text", line.text),
      ]);
      return zvtMessage(
        "print_text_block",
        container([tlvItem("receipt_kind", body.receiptKind), tlvItem("print_texts", lines), ...ids]),
      );
    }
    case "registered":
      return zvtMessage("completion", [
        bmpField("kind", body.statusBits),
        bmpField("terminal", body.terminalId),
        bmpField("currency", body.currency),
        ...container(ids),
      ]);
    case "enquired":
      return zvtMessage("completion", container(ids), {
        kind: "status",
        status: body.status,
        version: body.version,
      });
    case "reservations":
      return zvtMessage("completion", [
        bmpField("receipt", body.receipts.length === 0 ? "FFFF" : digits(body.receipts[0] ?? 0, 4)),
        ...container([
          ...(body.receipts.length < 2
            ? []
            : [
                tlvItem(
                  "receipts",
                  body.receipts.map((receipt) => tlvItem("receipt", digits(receipt, 4))),
                ),
              ]),
          ...ids,
        ]),
      ]);
    case "completed":
      return zvtMessage("completion", container(ids));
    case "aborted":
      return zvtMessage("abort", container(ids), { kind: "result", result: body.code, currency: undefined });
  }
}

/** D1 attribute bits: 40 centred, 20 double width, 10 double height. */
function attributeOf(line: SlipLine): number {
  return (line.isCentred ? 0x40 : 0) | (line.isDouble ? 0x30 : 0);
}

function container(items: readonly TlvItem[]): readonly BmpField[] {
  return items.length === 0 ? [] : [bmpField("tlv", items)];
}

const TECHNOLOGY = { stripe: 0, chip: 1, contactless: 2 } as const;

function statusFields(fields: StatusFields, ids: readonly TlvItem[]): readonly BmpField[] {
  const { card } = fields;
  const number = (
    name: "trace" | "original_trace" | "turnover" | "receipt",
    value: number | undefined,
    length: number,
  ) => (value === undefined ? [] : [bmpField(name, digits(value, length))]);
  const text = (
    name: "date" | "time" | "currency" | "authorisation" | "additional_text",
    value: string | undefined,
  ) => (value === undefined ? [] : [bmpField(name, value)]);
  const cardItems: readonly TlvItem[] =
    card === undefined
      ? []
      : [tlvItem("verification", card.verification), tlvItem("technology", TECHNOLOGY[card.technology])];
  const uid = fields.uid === undefined ? [] : [tlvItem("uid", fields.uid.padEnd(20, "0"))];
  return [
    bmpField("result", fields.resultCode),
    ...(fields.amountMinor === undefined ? [] : [bmpField("amount", fields.amountMinor)]),
    ...text("currency", fields.currency),
    ...number("trace", fields.trace, 6),
    ...text("time", fields.time),
    ...text("date", fields.date),
    ...number("original_trace", fields.originalTrace, 6),
    bmpField("terminal", fields.terminalId),
    ...number("receipt", fields.receipt, 4),
    ...number("turnover", fields.turnover, 6),
    ...(card === undefined
      ? []
      : [
          bmpField("card_number", { raw: packed(card.pan) }),
          bmpField("expiry", { raw: packed(card.expiry) }),
          bmpField("card_type", card.typeCode),
          bmpField("card_name", `${card.name}\u0000`),
        ]),
    ...text("authorisation", fields.authorisation),
    ...text("additional_text", fields.text),
    ...(fields.totals === undefined ? [] : [bmpField("totals", totalsOf(fields.totals))]),
    ...container([...cardItems, ...uid, ...ids]),
  ];
}

function totalsOf({ fromReceipt, toReceipt, brands }: DayTotals): {
  readonly receiptFrom: string;
  readonly receiptTo: string;
  readonly sums: readonly { readonly brand: string; readonly count: number; readonly amountMinor: number }[];
} {
  return {
    receiptFrom: digits(fromReceipt, 4),
    receiptTo: digits(toReceipt, 4),
    sums: TOTAL_BRANDS.map((brand) => ({
      brand,
      ...brands[brand],
      count: Math.min(255, brands[brand].count),
    })),
  };
}

/** Digits as BCD, an odd number of them filled with F. */
function packed(text: string): Uint8Array {
  return fromHex(text.length % 2 === 0 ? text : `${text}F`);
}

function digits(value: number, length: number): string {
  return String(value).padStart(length, "0");
}

/**
 * `inspect zvt --back`: an APDU from its named fields, as `inspect zvt` prints one: the bare bytes, and the
 * block of a serial line. A password is written when one is given; card data cannot be said.
 */

import { Bug } from "../../../core/bug.ts";
import { encodeApdu, zvtMessage } from "../../../drivers/reader/zvt/apdu.ts";
import type { ZvtLead } from "../../../drivers/reader/zvt/apdu.ts";
import { BMP_FIELDS, bmpField } from "../../../drivers/reader/zvt/bmp.ts";
import type { BmpField, BmpValue, ZvtTotals } from "../../../drivers/reader/zvt/bmp.ts";
import { ZVT_COMMANDS } from "../../../drivers/reader/zvt/commands.ts";
import { ZVT_APDU_BYTES_MAX, encodeSerialBlock } from "../../../drivers/reader/zvt/frame-serial.ts";
import { TLV_TAGS, tlvItem } from "../../../drivers/reader/zvt/tlv.ts";
import type { TlvItem } from "../../../drivers/reader/zvt/tlv.ts";
import { hexOf, refused } from "./inspector.ts";
import type { Inspected, Refused } from "./inspector.ts";
import { fieldsOf, hexNumberOf, listOf, wholeOf } from "./json-read.ts";
import type { Fields } from "./json-read.ts";

const DEPTH_MAX = 6;
const NUMBER_MAX = 999_999_999_999;

/** The bytes of one APDU as it was printed. */
export function zvtBack(json: unknown): Inspected {
  const item = fieldsOf(json);
  const row = ZVT_COMMANDS.find(({ name }) => name === item?.["name"]);
  if (item === undefined || row === undefined)
    return no("zvt/unknown_command", "No command of this name is spoken here");
  const fields = bmpsOf(listOf(item["fields"]) ?? []);
  if ("ok" in fields) return fields;
  const lead = leadOf(fieldsOf(item["lead"]) ?? { kind: "none" });
  if ("ok" in lead) return lead;
  const code = hexNumberOf(item["code"], 2) ?? row.code;
  const reason = row.name === "refused" ? code & 0xff : 0;
  return encoded(() => encodeApdu(zvtMessage(row.name, fields.values, lead.lead, reason)));
}

/** A value that does not fit its place is a Bug of whoever encodes; here it is the asker's. */
function encoded(encode: () => Uint8Array): Inspected {
  try {
    const bytes = encode();
    if (bytes.length > ZVT_APDU_BYTES_MAX) return no("zvt/too_long", "Longer than an APDU may be");
    const serial = hexOf(encodeSerialBlock(bytes));
    return { ok: true, value: { kind: "zvt", encoded: hexOf(bytes), serial } };
  } catch (error) {
    if (!(error instanceof Bug)) throw error;
    return no("zvt/does_not_fit", error.message);
  }
}

function leadOf(lead: Fields): { readonly lead: ZvtLead } | Refused {
  const { kind } = lead;
  const text = (name: string): string | undefined => {
    const value = lead[name];
    return typeof value === "string" ? value : undefined;
  };
  const byte = (name: string): number => wholeOf(lead[name], 0xff) ?? 0;
  const minutes = wholeOf(lead["minutes"], 99);
  switch (kind) {
    case "none":
      return { lead: { kind } };
    case "password":
      return { lead: { kind, password: text("password") ?? "000000" } };
    case "registration":
      return {
        lead: {
          kind,
          password: text("password") ?? "000000",
          config: byte("config"),
          currency: text("currency"),
        },
      };
    case "intermediate":
      return { lead: { kind, status: byte("status"), minutes } };
    case "result":
      return { lead: { kind, result: byte("result"), currency: text("currency") } };
    case "status":
      return { lead: { kind, status: byte("status"), version: text("version") } };
    case "print_line":
      return { lead: { kind, attribute: byte("attribute"), text: text("text") ?? "" } };
    case "byte":
      return { lead: { kind, value: byte("value") } };
    default:
      return no("zvt/lead", "No lead of this kind stands before fields");
  }
}

function bmpsOf(items: readonly unknown[]): { readonly values: readonly BmpField[] } | Refused {
  const values: BmpField[] = [];
  for (const item of items) {
    const fields = fieldsOf(item) ?? {};
    const row = BMP_FIELDS.find(({ name }) => name === fields["name"]);
    if (row === undefined) return no("zvt/unknown_field", "No field of this name");
    if (row.form === "drop" || row.form === "card")
      return no("zvt/hidden", `${row.name} is card data and cannot be said`);
    const value = valueOf(row.form, fields["value"]);
    if (value === undefined) return no("zvt/value", `The value of ${row.name} does not have its form`);
    values.push(bmpField(row.name, value));
  }
  return { values };
}

function valueOf(form: string, value: unknown): BmpValue | undefined {
  switch (form) {
    case "byte":
      return wholeOf(value, 0xff);
    case "amount":
      return wholeOf(value, NUMBER_MAX);
    case "tlv":
      return tlvsOf(value, 0);
    case "totals":
      return totalsOf(value);
    default:
      return typeof value === "string" ? value : undefined;
  }
}

function tlvsOf(value: unknown, depth: number): readonly TlvItem[] | undefined {
  const items = listOf(value);
  if (items === undefined || depth > DEPTH_MAX) return undefined;
  const read = items.map((item) => {
    const fields = fieldsOf(item) ?? {};
    const row = TLV_TAGS.find(({ name }) => name === fields["name"]);
    const inner =
      row?.form === "items" ? tlvsOf(fields["value"], depth + 1) : scalarOf(row?.form, fields["value"]);
    return row === undefined || inner === undefined ? undefined : tlvItem(row.name, inner);
  });
  const known = read.flatMap((item) => (item === undefined ? [] : [item]));
  return known.length === read.length ? known : undefined;
}

function scalarOf(form: string | undefined, value: unknown): number | string | undefined {
  if (form === "number") return wholeOf(value, 0xffff_ffff);
  return typeof value === "string" ? value : undefined;
}

function totalsOf(value: unknown): ZvtTotals | undefined {
  const { receiptFrom, receiptTo, sums } = { receiptFrom: "", receiptTo: "", sums: [], ...fieldsOf(value) };
  const read = (listOf(sums) ?? []).map((sum) => {
    const fields = fieldsOf(sum) ?? {};
    const [count, amountMinor] = [wholeOf(fields["count"], 0xff), wholeOf(fields["amountMinor"], NUMBER_MAX)];
    if (count === undefined || amountMinor === undefined) return undefined;
    return { brand: String(fields["brand"]), count, amountMinor };
  });
  const known = read.flatMap((sum) => (sum === undefined ? [] : [sum]));
  const isWhole =
    known.length === read.length && typeof receiptFrom === "string" && typeof receiptTo === "string";
  return isWhole ? { receiptFrom, receiptTo, sums: known } : undefined;
}

function no(code: string, message: string): Refused {
  return refused(code, 0, message);
}

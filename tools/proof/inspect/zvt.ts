/**
 * `inspect zvt`: what one APDU of a ZVT terminal says, bare (TCP) or as blocks of a serial line with their
 * acknowledgements. Card numbers, tracks and passwords are dropped by the decoder; what was dropped is
 * listed by tag, and such an APDU is not encoded again.
 */

import { Bug } from "../../../core/bug.ts";
import { decodeApdu, encodeApdu } from "../../../drivers/reader/zvt/apdu.ts";
import type { ZvtDecoded, ZvtMessage } from "../../../drivers/reader/zvt/apdu.ts";
import type { BmpField, BmpValue } from "../../../drivers/reader/zvt/bmp.ts";
import { SerialFrameReader } from "../../../drivers/reader/zvt/frame-serial.ts";
import type { SerialItem } from "../../../drivers/reader/zvt/frame-serial.ts";
import { resultWords } from "../../../drivers/reader/zvt/result-codes.ts";
import type { TlvItem } from "../../../drivers/reader/zvt/tlv.ts";
import { hideIn } from "./hide.ts";
import { hexOf, refused } from "./inspector.ts";
import type { Inspected, Inspector, Json } from "./inspector.ts";
import { zvtBack } from "./zvt-back.ts";

const DLE = 0x10;
const STX = 0x02;
const SINGLES: ReadonlySet<number> = new Set([0x06, 0x15]);
const RESULT_FIELDS: ReadonlySet<string> = new Set(["result", "host_result"]);
const PASSWORD_LEADS: ReadonlySet<string> = new Set(["password", "registration"]);

/** The kind. */
export const zvtInspector: Inspector = {
  name: "zvt",
  summary: "an APDU of a ZVT terminal, or blocks of its serial line; card numbers are never shown",
  options: { frame: "F   serial or apdu; without it a serial line is known by its first 10 02" },
  input: "bytes",
  inspect: (bytes, options) => {
    const frame = options["frame"] ?? (isSerial(bytes) ? "serial" : "apdu");
    if (frame !== "serial" && frame !== "apdu") return refused("input/frame", 0, "--frame is serial or apdu");
    return frame === "serial" ? inspectSerial(bytes) : sayApdu(bytes);
  },
  back: zvtBack,
};

/** A bare APDU never begins with 10 02, and 06 or 15 alone is no APDU. */
function isSerial(bytes: Uint8Array): boolean {
  const start = bytes.findIndex((value) => !SINGLES.has(value));
  return start < 0 ? bytes.length > 0 : bytes[start] === DLE && bytes[start + 1] === STX;
}

function inspectSerial(bytes: Uint8Array): Inspected {
  const reader = new SerialFrameReader();
  const items = [...reader.push(bytes), ...reader.cut()];
  const said = items.map(sayItem);
  return { ok: true, value: { kind: "zvt", frame: "serial", items: said } };
}

function sayItem(item: SerialItem): Json {
  switch (item.kind) {
    case "ack":
    case "nak":
      return { item: item.kind };
    case "garbage":
      return { item: "garbage", bytes: item.byteCount };
    case "bad_block":
      return { item: "bad_block", reason: item.reason };
    case "apdu": {
      const said = sayApdu(item.bytes);
      const { ok: _ok, ...refusal } = { path: null, ...said };
      return said.ok ? { item: "apdu", ...said.value } : { item: "apdu", ...refusal };
    }
  }
}

function sayApdu(bytes: Uint8Array): Inspected {
  // The decoder zeroes what it drops.
  const decoded = decodeApdu(bytes.slice());
  if (!decoded.ok) return refused(decoded.code, decoded.offset, "Not an APDU that is spoken here");
  return { ok: true, value: { kind: "zvt", frame: "apdu", ...sayDecoded(decoded.value) } };
}

function sayDecoded({ message, dropped }: ZvtDecoded): { readonly [name: string]: Json } {
  const { name, code, lead, fields } = message;
  const { tags, malformedCount, unknown } = dropped;
  const shown = { lead: shownLead(lead), fields: fields.map(sayField) };
  const hidden = { lead: hideIn(shown.lead), fields: hideIn(shown.fields) };
  const isWhole =
    tags.length === 0 &&
    malformedCount === 0 &&
    unknown === undefined &&
    !PASSWORD_LEADS.has(lead.kind) &&
    !fields.some(({ value }) => isCardTail(value)) &&
    JSON.stringify(shown) === JSON.stringify(hidden);
  return {
    name,
    code: hexCode(code),
    ...hidden,
    dropped: {
      tags: tags.map((tag) => hexTag(tag)),
      malformed: malformedCount,
      unknown: unknown === undefined ? null : { tag: hexTag(unknown.tag), bytes: unknown.byteCount },
    },
    encoded: isWhole ? encodedAgain(message) : null,
  };
}

/** Values may be decoded from longer forms than they are written in; such a message has no way back. */
function encodedAgain(message: ZvtMessage): string | null {
  try {
    return hexOf(encodeApdu(message));
  } catch (error) {
    if (!(error instanceof Bug)) throw error;
    return null;
  }
}

function shownLead(lead: ZvtMessage["lead"]): { readonly [name: string]: Json } {
  const shown = Object.entries(lead).flatMap(([key, value]: [string, Json | undefined]) =>
    value === undefined || key === "password" ? [] : [[key, value] as const],
  );
  const words = lead.kind === "result" ? { means: resultWords(lead.result) } : {};
  return { ...Object.fromEntries(shown), ...words };
}

function sayField({ tag, name, value }: BmpField): { readonly [name: string]: Json } {
  const isResult = RESULT_FIELDS.has(name) && typeof value === "number";
  const words = isResult ? { means: resultWords(value) } : {};
  return { tag: hexTag(tag), name, value: sayValue(value), ...words };
}

function sayValue(value: BmpValue): Json {
  if (typeof value !== "object") return value;
  if (isItems(value)) return value.map(sayTlv);
  if ("raw" in value) return { bytes: value.raw.length };
  if ("lastFour" in value) return { lastFour: value.lastFour };
  const { receiptFrom, receiptTo, sums } = value;
  return { receiptFrom, receiptTo, sums: sums.map((sum) => ({ ...sum })) };
}

function sayTlv({ tag, name, value }: TlvItem): Json {
  return { tag: hexTag(tag), name, value: sayValue(value) };
}

function isItems(value: BmpValue): value is readonly TlvItem[] {
  return Array.isArray(value);
}

function isCardTail(value: BmpValue): boolean {
  return typeof value === "object" && "lastFour" in value;
}

function hexCode(code: number): string {
  return code.toString(16).padStart(4, "0").toUpperCase();
}

function hexTag(tag: number): string {
  const hex = tag.toString(16).toUpperCase();
  return hex.length % 2 === 0 ? hex : `0${hex}`;
}

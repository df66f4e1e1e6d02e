/**
 * One APDU as a message with named fields, and back: `class instruction length data`, where length is one
 * byte, or FF and two bytes, low first (PA00P016 1). Both sides of the line use it: the driver, the
 * simulated terminal and the inspection tool. What must not be kept never comes out (bmp.ts, tlv.ts).
 *
 * A1  Decoding never throws and zeroes in `bytes` what it does not keep, also when it fails.
 * A2  A message that was decoded with nothing dropped encodes to the same bytes.
 */

import { assert } from "../../../core/bug.ts";
import { ownCopy } from "../../port/own-bytes.ts";
import { decodeBmps, encodeBmps } from "./bmp.ts";
import type { BmpDecoded, BmpDropped, BmpField } from "./bmp.ts";
import { bcdBytes, bcdDigits, joinBytes } from "./bytes.ts";
import { rowOfCode, rowOfName } from "./commands.ts";
import type { LeadForm, ZvtName } from "./commands.ts";
import { decodeText, encodeText } from "./text.ts";

/** The positional bytes of a message. A password is written and never read: decoded, it is empty. */
export type ZvtLead =
  | { readonly kind: "none" }
  | { readonly kind: "password"; readonly password: string }
  /** `config`: see ZVT_CONFIG in session.ts. `currency`: four digits, or undefined when absent. */
  | {
      readonly kind: "registration";
      readonly password: string;
      readonly config: number;
      readonly currency: string | undefined;
    }
  | { readonly kind: "intermediate"; readonly status: number; readonly minutes: number | undefined }
  | { readonly kind: "result"; readonly result: number; readonly currency: string | undefined }
  | { readonly kind: "status"; readonly status: number; readonly version: string | undefined }
  | { readonly kind: "print_line"; readonly attribute: number; readonly text: string }
  | { readonly kind: "byte"; readonly value: number };

/** One message. */
export interface ZvtMessage {
  readonly name: ZvtName;
  /** Class times 256 plus instruction; for "refused" the low byte is the reason. */
  readonly code: number;
  readonly lead: ZvtLead;
  readonly fields: readonly BmpField[];
}

/** A message as it came, and what of it was not kept. */
export interface ZvtDecoded {
  readonly message: ZvtMessage;
  readonly dropped: BmpDropped;
}

/** Why bytes are not a message. */
export type ZvtDecodeCode = "zvt/too_short" | "zvt/wrong_length" | "zvt/unknown_command" | "zvt/no_lead";

/** Outcome of decoding; `offset` is where it failed. */
export type ZvtDecodeResult =
  | { readonly ok: true; readonly value: ZvtDecoded }
  | { readonly ok: false; readonly code: ZvtDecodeCode; readonly offset: number };

const NOTHING: ZvtLead = { kind: "none" };

/** Makes a message by its name. `reason` is for "refused" alone. */
export function zvtMessage(
  name: ZvtName,
  fields: readonly BmpField[] = [],
  lead: ZvtLead = NOTHING,
  reason = 0,
): ZvtMessage {
  const row = rowOfName(name);
  assert(row !== undefined, "zvt: Every name has a row");
  return { name, code: row.code + reason, lead, fields };
}

/** Reads one APDU (A1). */
export function decodeApdu(bytes: Uint8Array): ZvtDecodeResult {
  const result = decodeWhole(bytes);
  if (!result.ok) bytes.fill(0);
  return result;
}

function decodeWhole(bytes: Uint8Array): ZvtDecodeResult {
  const [classByte, instruction, short] = bytes;
  if (classByte === undefined || instruction === undefined || short === undefined)
    return no("zvt/too_short", bytes.length);
  const headBytes = short === 0xff ? 5 : 3;
  if (bytes.length < headBytes) return no("zvt/too_short", bytes.length);
  const dataBytes = short === 0xff ? (bytes[3] ?? 0) + (bytes[4] ?? 0) * 256 : short;
  if (bytes.length !== headBytes + dataBytes) return no("zvt/wrong_length", 2);
  const code = classByte * 256 + instruction;
  const row = rowOfCode(code);
  if (row === undefined) return no("zvt/unknown_command", 0);
  const body = decodeBody(row.lead, bytes.subarray(headBytes));
  if (body === undefined) return no("zvt/no_lead", headBytes);
  const { lead, rest } = body;
  const { fields, dropped } = rest;
  return { ok: true, value: { message: { name: row.name, code, lead, fields }, dropped } };
}

/** The bytes of a message. A Bug when a value does not fit its place. */
export function encodeApdu(message: ZvtMessage): Uint8Array {
  const data = joinBytes([encodeLead(message.lead), encodeBmps(message.fields)]);
  const head =
    data.length < 0xff
      ? Uint8Array.of(message.code >> 8, message.code & 0xff, data.length)
      : Uint8Array.of(message.code >> 8, message.code & 0xff, 0xff, data.length & 0xff, data.length >> 8);
  assert(data.length <= 0xffff, "zvt: An APDU has at most 65,535 bytes of data");
  return joinBytes([head, data]);
}

interface Body {
  readonly lead: ZvtLead;
  readonly rest: BmpDecoded;
}

function no(code: ZvtDecodeCode, offset: number): ZvtDecodeResult {
  return { ok: false, code, offset };
}

const NO_FIELDS: BmpDecoded = { fields: [], dropped: { tags: [], malformedCount: 0, unknown: undefined } };

function decodeBody(form: LeadForm, data: Uint8Array): Body | undefined {
  switch (form) {
    case "none":
      return { lead: NOTHING, rest: decodeBmps(data) };
    case "password_optional":
      if (data.length === 0) return { lead: NOTHING, rest: NO_FIELDS };
      return passwordBody(data);
    case "password":
      return passwordBody(data);
    case "registration":
      return registrationBody(data);
    case "intermediate":
      return intermediateBody(data);
    case "result":
      return resultBody(data);
    case "completion":
      return completionBody(data);
    case "print_line":
      return data[0] === undefined
        ? undefined
        : {
            lead: { kind: "print_line", attribute: data[0], text: decodeText(data.subarray(1)) },
            rest: NO_FIELDS,
          };
    case "seconds":
    case "byte":
      return data[0] === undefined
        ? undefined
        : { lead: { kind: "byte", value: data[0] }, rest: decodeBmps(data.subarray(1)) };
  }
}

function passwordBody(data: Uint8Array): Body | undefined {
  if (data.length < 3) return undefined;
  data.fill(0, 0, 3);
  return { lead: { kind: "password", password: "" }, rest: decodeBmps(data.subarray(3)) };
}

/** The currency stands untagged, and whatever follows it is tagged (PA00P015 2.1). */
function registrationBody(data: Uint8Array): Body | undefined {
  const config = data[3];
  if (config === undefined) return undefined;
  data.fill(0, 0, 3);
  const currency = data.length >= 6 ? bcdDigits(data.subarray(4, 6)) : undefined;
  return {
    lead: { kind: "registration", password: "", config, currency },
    rest: decodeBmps(data.subarray(currency === undefined ? 4 : 6)),
  };
}

function intermediateBody(data: Uint8Array): Body | undefined {
  const [status, second] = data;
  if (status === undefined) return undefined;
  const digits = second === undefined ? undefined : bcdDigits(data.subarray(1, 2));
  // Without the minutes the container follows at once; six minutes and then a container are told by its fit.
  const isContainer =
    second === 0x06 && tried(data.subarray(1)).dropped.unknown === undefined && data.length > 2;
  if (digits === undefined || digits === "FF" || isContainer) {
    return { lead: { kind: "intermediate", status, minutes: undefined }, rest: decodeBmps(data.subarray(1)) };
  }
  return {
    lead: { kind: "intermediate", status, minutes: Number(digits) },
    rest: decodeBmps(data.subarray(2)),
  };
}

function resultBody(data: Uint8Array): Body | undefined {
  const result = data[0];
  if (result === undefined) return undefined;
  const hasCurrency = result === 0x6f && data.length >= 3 && data[1] !== 0x06 && data[1] !== 0x49;
  const currency = hasCurrency ? bcdDigits(data.subarray(1, 3)) : undefined;
  return {
    lead: { kind: "result", result, currency },
    rest: decodeBmps(data.subarray(currency === undefined ? 1 : 3)),
  };
}

/** A status enquiry's answer has its own form; it is told from fields by not being readable as such. */
function completionBody(data: Uint8Array): Body {
  const fields = tried(data);
  if (data.length === 0 || (fields.dropped.unknown === undefined && !isVersion(data))) {
    return { lead: NOTHING, rest: decodeBmps(data) };
  }
  if (isVersion(data)) {
    const end = 3 + versionLength(data);
    const status = data[end];
    if (status !== undefined) {
      const version = decodeText(data.subarray(3, end));
      return { lead: { kind: "status", status, version }, rest: decodeBmps(data.subarray(end + 1)) };
    }
  }
  const [status] = data;
  const rest = tried(data.subarray(1));
  if (status !== undefined && rest.dropped.unknown === undefined && fields.fields.length === 0) {
    return { lead: { kind: "status", status, version: undefined }, rest: decodeBmps(data.subarray(1)) };
  }
  return { lead: NOTHING, rest: decodeBmps(data) };
}

/** What reading it as fields would give; the bytes stay as they are, and the copy that was read is zeroed. */
function tried(data: Uint8Array): BmpDecoded {
  const copy = ownCopy(data);
  const decoded = decodeBmps(copy);
  copy.fill(0);
  return decoded;
}

function isVersion(data: Uint8Array): boolean {
  return (
    data.length > 3 &&
    data.subarray(0, 3).every((value) => value >= 0xf0 && value <= 0xf9) &&
    data.length > 3 + versionLength(data)
  );
}

function versionLength(data: Uint8Array): number {
  return data.subarray(0, 3).reduce((sum, value) => sum * 10 + (value & 0x0f), 0);
}

function encodeLead(lead: ZvtLead): Uint8Array {
  switch (lead.kind) {
    case "none":
      return new Uint8Array(0);
    case "password":
      return bcdBytes(lead.password, 3);
    case "registration":
      return joinBytes([
        bcdBytes(lead.password, 3),
        Uint8Array.of(lead.config),
        lead.currency === undefined ? new Uint8Array(0) : bcdBytes(lead.currency, 2),
      ]);
    case "intermediate":
      return joinBytes([
        Uint8Array.of(lead.status),
        lead.minutes === undefined ? new Uint8Array(0) : bcdBytes(String(lead.minutes), 1),
      ]);
    case "result":
      return joinBytes([
        Uint8Array.of(lead.result),
        lead.currency === undefined ? new Uint8Array(0) : bcdBytes(lead.currency, 2),
      ]);
    case "status":
      return joinBytes([encodeVersion(lead.version), Uint8Array.of(lead.status)]);
    case "print_line":
      return joinBytes([Uint8Array.of(lead.attribute), encodeText(lead.text)]);
    case "byte":
      return Uint8Array.of(lead.value);
  }
}

function encodeVersion(version: string | undefined): Uint8Array {
  if (version === undefined) return new Uint8Array(0);
  const text = encodeText(version);
  const digits = String(text.length).padStart(3, "0");
  return joinBytes([Uint8Array.from(digits, (digit) => 0xf0 + Number(digit)), text]);
}

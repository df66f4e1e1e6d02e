/**
 * `inspect neo2`: what the reports or frames of an ID TECH NEO 2 say. Of a card only what the driver may
 * know as well: numbers, tracks and names are counted and never shown, and a frame that has them is not
 * encoded again.
 */

import {
  ALLOWED_TAGS,
  GROUP_TAGS,
  KEY_NUMBER_TAGS,
  SEALED_TAGS,
  entryOf,
  tagName,
} from "../../../drivers/reader/neo2/card.ts";
import { COMMANDS } from "../../../drivers/reader/neo2/commands.ts";
import {
  decodeFrame,
  decodeUiMessage,
  encodeFrame,
  frameBytes,
  isUiMessage,
} from "../../../drivers/reader/neo2/frame.ts";
import type { CrcOrder, Frame } from "../../../drivers/reader/neo2/frame.ts";
import { toText } from "../../../drivers/reader/neo2/hex.ts";
import { looksClear, looksMasked } from "../../../drivers/reader/neo2/look.ts";
import { REPORT_BYTES, ReportAssembler } from "../../../drivers/reader/neo2/reports.ts";
import { cardErrorWords, statusWords } from "../../../drivers/reader/neo2/status.ts";
import { readTlvs } from "../../../drivers/reader/neo2/tlv.ts";
import type { Tlv } from "../../../drivers/reader/neo2/tlv.ts";
import { hideNumbers } from "./hide.ts";
import { hexOf, refused } from "./inspector.ts";
import type { Inspected, Inspector, Json, Refused } from "./inspector.ts";
import { neo2Back } from "./neo2-back.ts";

const TEXT_CHARS_MAX = 200;
const DEPTH_MAX = 3;
const HEADER_START = 0x56;

/** The kind. */
export const neo2Inspector: Inspector = {
  name: "neo2",
  summary: "reports or frames of an ID TECH NEO 2 (ViVOtech2); card numbers are never shown",
  options: {},
  input: "bytes",
  inspect: (bytes) => {
    const found = messagesOf(bytes);
    const messages: Json[] = [];
    for (const { message, offset } of found.messages) {
      const said = sayMessage(message);
      if (!said.ok) return { ...said, offset: offset + said.offset };
      messages.push(said.value);
    }
    if (messages.length === 0) return refused("neo2/no_message", 0, "No report or frame ends in these bytes");
    return {
      ok: true,
      value: { kind: "neo2", reports: found.reportCount, ignored: found.ignoredCount, messages },
    };
  },
  back: neo2Back,
};

interface Found {
  readonly messages: readonly { readonly message: Uint8Array; readonly offset: number }[];
  readonly reportCount: number;
  readonly ignoredCount: number;
}

/** A frame stands for itself; everything else is taken for reports of 64 bytes. */
function messagesOf(bytes: Uint8Array): Found {
  if (bytes[0] === HEADER_START || isUiMessage(bytes)) {
    return { messages: [{ message: bytes, offset: 0 }], reportCount: 0, ignoredCount: 0 };
  }
  const assembler = new ReportAssembler();
  const messages: { message: Uint8Array; offset: number }[] = [];
  let [offset, ignoredCount, reportCount] = [0, 0, 0];
  for (let start = 0; start < bytes.length; start += REPORT_BYTES) {
    const report = bytes.subarray(start, start + REPORT_BYTES);
    if (report[0] === 1 || report[0] === 2) offset = start;
    const pushed = assembler.push(report);
    reportCount += 1;
    ignoredCount += pushed.kind === "ignored" ? 1 : 0;
    if (pushed.kind === "message") messages.push({ message: pushed.bytes.slice(), offset });
  }
  assembler.wipe();
  return { messages, reportCount, ignoredCount };
}

function sayMessage(message: Uint8Array): Inspected {
  if (isUiMessage(message)) return sayUi(message);
  const [reply, command] = [decodeFrame(message, "high_first"), decodeFrame(message, "low_first")];
  if (command.ok) return sayFrame(command.value, "low_first", message.length);
  if (!reply.ok) return refused(reply.code, reply.offset, "Neither a command nor a reply");
  return sayFrame(reply.value, "high_first", message.length);
}

function sayUi(message: Uint8Array): Inspected {
  const read = decodeUiMessage(message);
  if (!read.ok) return refused(read.code, read.offset, "Not a burst of user interface events");
  return {
    ok: true,
    value: { frame: "ui", events: read.value.map(({ device, index }) => ({ device, index })) },
  };
}

function sayFrame(frame: Frame, crcOrder: CrcOrder, messageBytes: number): Inspected {
  const isCommand = crcOrder === "low_first" || isPassThroughCommand(frame);
  const numbers = [frame.command, frame.second].map(hexByte).join("-");
  const row = Object.entries(COMMANDS).find(
    ([, { command, sub }]) => command === frame.command && (!isCommand || sub === frame.second),
  );
  const name = row?.[0] ?? "unknown";
  const said = isCommand ? commandFields(name, frame.data) : replyFields(name, frame);
  if ("ok" in said) return { ...said, offset: said.offset + frameBytes(frame) - 2 - frame.data.length };
  const { fields, isHidden } = said;
  return {
    ok: true,
    value: {
      frame: isCommand ? "command" : "reply",
      name,
      ...(isCommand
        ? { command: numbers, crc: crcOrder }
        : {
            command: hexByte(frame.command),
            status: hexByte(frame.second),
            means: statusWords(frame.second),
          }),
      fields,
      padding: messageBytes - frameBytes(frame),
      encoded: isHidden ? null : hexOf(encodeFrame(frame, crcOrder)),
    },
  };
}

/** A pass-through command has its CRC as replies do; the sub-commands in use are no status. */
function isPassThroughCommand({ command, second, data }: Frame): boolean {
  const { passThrough, pollForToken } = COMMANDS;
  if (command !== passThrough.command) return false;
  return (
    (second === passThrough.sub && data.length === 1) || (second === pollForToken.sub && data.length === 2)
  );
}

/** Named fields, and whether something of the frame is not among them. */
interface Said {
  readonly fields: { readonly [name: string]: Json };
  readonly isHidden: boolean;
}

function commandFields(name: string, data: Uint8Array): Said | Refused {
  switch (name) {
    case "activate": {
      const values = valuesOf(data.subarray(1), 1);
      if ("ok" in values) return values;
      return { fields: { waitSeconds: data[0] ?? null, values: values.shown }, isHidden: values.isHidden };
    }
    case "setConfig": {
      const values = valuesOf(data, 0);
      return "ok" in values ? values : { fields: { values: values.shown }, isHidden: values.isHidden };
    }
    case "pollForToken": {
      const [seconds = 0, steps = 0] = data;
      return { fields: { waitMs: seconds * 1_000 + steps * 10, hex: hexOf(data) }, isHidden: false };
    }
    default:
      return harmless(data);
  }
}

function replyFields(name: string, { command, second: status, data }: Frame): Said | Refused {
  if (command === COMMANDS.pollForToken.command && data.length > 1) {
    return {
      fields: { cardKind: data[0] ?? 0, uid: hexOf(data.subarray(1)).toUpperCase() },
      isHidden: false,
    };
  }
  switch (name) {
    case "activate":
      return data.length === 0 || status === 0x0e ? harmless(data) : cardFields(data);
    case "getConfig": {
      const values = valuesOf(data, 0);
      return "ok" in values ? values : { fields: { values: values.shown }, isHidden: values.isHidden };
    }
    case "firmware":
    case "serial": {
      const text = hideNumbers(toText(data, TEXT_CHARS_MAX));
      const said = harmless(data);
      return { fields: { text, ...said.fields }, isHidden: said.isHidden };
    }
    default:
      return harmless(data);
  }
}

function cardFields(data: Uint8Array): Said | Refused {
  const attribution = data[0] ?? 0;
  const values = valuesOf(data.subarray(1), 1);
  if ("ok" in values) return values;
  const entry = entryOf(attribution);
  const encryption = ["none", "one of both", "one of both", "both"][attribution >>> 6] ?? "";
  const cipher = ["TDES", "AES", "reserved", "reserved"][(attribution >>> 1) & 0x03] ?? "";
  const fields = { attribution: hexByte(attribution), entry, encryption, cipher, values: values.shown };
  return { fields, isHidden: values.isHidden };
}

interface Values {
  readonly shown: Json;
  readonly isHidden: boolean;
}

function valuesOf(bytes: Uint8Array, base: number, depth = 0): Values | Refused {
  const read = readTlvs(bytes);
  if (!read.ok) return refused(read.code, base + read.offset, "Not a list of tags and values");
  let isHidden = false;
  const shown: Json[] = [];
  for (const tlv of read.value) {
    const group = GROUP_TAGS.get(tlv.tag);
    if (group !== undefined && depth < DEPTH_MAX) {
      const inner = valuesOf(tlv.value, base + tlv.offset, depth + 1);
      if ("ok" in inner) return inner;
      isHidden ||= inner.isHidden;
      shown.push({ tag: tagName(tlv.tag), name: group, values: inner.shown });
    } else {
      const value = valueOf(tlv);
      isHidden ||= value.isHidden;
      shown.push(value.shown);
    }
  }
  return { shown, isHidden };
}

/** Sealed and unknown values are told by their length alone. */
function valueOf({ tag, form, value }: Tlv): Values {
  const sealed = SEALED_TAGS.get(tag);
  const name = sealed ?? ALLOWED_TAGS.get(tag) ?? (KEY_NUMBER_TAGS.has(tag) ? "keyNumber" : "unknown");
  const base = { tag: tagName(tag), name, bytes: value.length };
  if (sealed !== undefined) {
    const look = looksClear(value)
      ? "clear"
      : form === "masked" || looksMasked(value)
        ? "masked"
        : "encrypted";
    return { shown: { ...base, look }, isHidden: true };
  }
  if (!ALLOWED_TAGS.has(tag) || looksClear(value)) return { shown: base, isHidden: true };
  const words = tag === 0xffee1f ? { means: cardErrorWords(value[0] ?? 0) } : {};
  return { shown: { ...base, ...words, value: hexOf(value).toUpperCase() }, isHidden: form !== "plain" };
}

/** Bytes that are shown as they are, unless a card number stands in them. */
function harmless(data: Uint8Array): Said {
  const isHidden = looksClear(data) || hideNumbers(toText(data, data.length)) !== toText(data, data.length);
  return isHidden ? { fields: { bytes: data.length }, isHidden } : { fields: { hex: hexOf(data) }, isHidden };
}

function hexByte(value: number): string {
  return value.toString(16).padStart(2, "0").toUpperCase();
}

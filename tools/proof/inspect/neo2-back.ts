/**
 * `inspect neo2 --back`: a frame from its named fields, as `inspect neo2` prints one message: the bytes and
 * the reports that carry them. Refuses what was hidden, since nobody can say it.
 */

import { encodeFrame } from "../../../drivers/reader/neo2/frame.ts";
import type { CrcOrder } from "../../../drivers/reader/neo2/frame.ts";
import { GROUP_TAGS } from "../../../drivers/reader/neo2/card.ts";
import { MESSAGE_BYTES_MAX, reportsOf } from "../../../drivers/reader/neo2/reports.ts";
import { encodeTlv } from "../../../drivers/reader/neo2/tlv.ts";
import { hexOf, refused } from "./inspector.ts";
import type { Inspected, Refused } from "./inspector.ts";
import { fieldsOf, hexBytesOf, hexNumberOf, listOf, wholeOf } from "./json-read.ts";
import type { Fields } from "./json-read.ts";

const OVERHEAD_BYTES = 16;
const VALUE_BYTES_MAX = 0xffff;
const DEPTH_MAX = 4;

/** The bytes of one message as it was printed. */
export function neo2Back(json: unknown): Inspected {
  const item = fieldsOf(json);
  const messages = listOf(item?.["messages"]);
  const only = messages?.length === 1 ? fieldsOf(messages[0]) : undefined;
  const message = only ?? (messages === undefined ? item : undefined);
  if (message === undefined)
    return no("neo2/not_a_message", "An object as `inspect neo2` prints one message");
  const numbers = numbersOf(message);
  if (numbers === undefined)
    return no("neo2/numbers", 'A command is "02-40", a reply has command "02" and status "23"');
  const fields = fieldsOf(message["fields"]) ?? {};
  const data = dataOf(fields);
  if (!(data instanceof Uint8Array)) return data;
  if (data.length + OVERHEAD_BYTES > MESSAGE_BYTES_MAX)
    return no("neo2/too_long", "More data than a frame holds");
  const { command, second, crcOrder } = numbers;
  const bytes = encodeFrame({ command, second, data }, crcOrder);
  return { ok: true, value: { kind: "neo2", encoded: hexOf(bytes), reports: reportsOf(bytes).map(hexOf) } };
}

interface Numbers {
  readonly command: number;
  readonly second: number;
  readonly crcOrder: CrcOrder;
}

function numbersOf(message: Fields): Numbers | undefined {
  const { command: text, status, frame, crc } = { command: "", status: "", frame: "", crc: "", ...message };
  const pair = typeof text === "string" ? text.split("-") : [];
  const command = hexNumberOf(pair[0], 1);
  const second = hexNumberOf(frame === "reply" ? status : pair[1], 1);
  if (command === undefined || second === undefined) return undefined;
  return {
    command,
    second,
    crcOrder: frame === "reply" || crc === "high_first" ? "high_first" : "low_first",
  };
}

function dataOf(fields: Fields): Uint8Array | Refused {
  const first = wholeOf(fields["waitSeconds"], 0xff) ?? hexNumberOf(fields["attribution"], 1);
  const values = listOf(fields["values"]);
  if (values !== undefined) {
    const bytes = valuesBytes(values, 0);
    return bytes instanceof Uint8Array
      ? Uint8Array.of(...(first === undefined ? [] : [first]), ...bytes)
      : bytes;
  }
  const uid = hexBytesOf(fields["uid"]);
  const cardKind = wholeOf(fields["cardKind"], 0xff);
  if (uid !== undefined && cardKind !== undefined) return Uint8Array.of(cardKind, ...uid);
  return hexBytesOf(fields["hex"]) ?? no("neo2/hidden", "These data were not shown, so they cannot be said");
}

function valuesBytes(values: readonly unknown[], depth: number): Uint8Array | Refused {
  const parts: number[] = [];
  for (const value of values) {
    const fields = fieldsOf(value) ?? {};
    const tag = hexNumberOf(fields["tag"], 4);
    if (tag === undefined || tag === 0) return no("neo2/tag", "A tag is up to four bytes in hex");
    const inner = listOf(fields["values"]);
    const isGroup = inner !== undefined && GROUP_TAGS.has(tag) && depth < DEPTH_MAX;
    const bytes = isGroup ? valuesBytes(inner, depth + 1) : hexBytesOf(fields["value"]);
    if (bytes === undefined) return no("neo2/hidden", "A value was not shown, so it cannot be said");
    if (!(bytes instanceof Uint8Array)) return bytes;
    if (bytes.length > VALUE_BYTES_MAX) return no("neo2/too_long", "More data than a value holds");
    parts.push(...encodeTlv(tag, bytes));
  }
  return Uint8Array.from(parts);
}

function no(code: string, message: string): Refused {
  return refused(code, 0, message);
}

/**
 * One frame of the ViVOtech2 protocol and its bytes. Pure; checks header, length and CRC and nothing
 * else: what a frame means is commands.ts, status.ts and card.ts.
 *
 *   command  "ViVOtech2\0" | command | sub-command | length, high byte first | data | CRC, low byte first
 *   reply    "ViVOtech2\0" | command | status      | length, high byte first | data | CRC, high byte first
 *
 * Commands of the pass-through group (2C) have their CRC high byte first as well, says the guide's general
 * chapter (80139403 §3.2.2); single pages print it the other way round. So the order is a property of each
 * command, to be held against hardware.
 */

import { assert } from "../../../core/bug.ts";
import { crc16 } from "./crc.ts";
import { MESSAGE_BYTES_MAX } from "./reports.ts";

/** Which of the two bytes of a CRC comes first. */
export type CrcOrder = "low_first" | "high_first";

/** A frame. `second` is a command's sub-command or a reply's status; `data` is a view of the message. */
export interface Frame {
  readonly command: number;
  readonly second: number;
  readonly data: Uint8Array;
}

/** One thing that the reader showed, lit or sounded (guide 80139403 §3.3). */
export interface UiEvent {
  readonly device: "led" | "buzzer" | "display" | "unknown";
  /** Number of the light, of the tone or of the message. */
  readonly index: number;
}

/** Why bytes are no frame. */
export type FrameFaultCode =
  | "neo2/no_header"
  | "neo2/too_short"
  | "neo2/too_long"
  | "neo2/crc"
  | "neo2/length";

/** What was read, or the first reason against it. */
export type FrameRead<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly code: FrameFaultCode; readonly offset: number };

const HEADER = Uint8Array.of(0x56, 0x69, 0x56, 0x4f, 0x74, 0x65, 0x63, 0x68, 0x32, 0x00);
const DATA_INDEX = HEADER.length + 4;
const CRC_BYTES = 2;
/** Most data that one frame may have here. */
export const FRAME_DATA_BYTES_MAX = MESSAGE_BYTES_MAX - DATA_INDEX - CRC_BYTES;

const UI_HEADER = Uint8Array.of(0x45, 0x00, 0x55, 0x00);
const UI_EVENT_BYTES = 4;
const UI_DEVICES = ["unknown", "led", "buzzer", "display"] as const;

/** The bytes of a frame. A Bug for data that does not fit one. */
export function encodeFrame({ command, second, data }: Frame, crcOrder: CrcOrder): Uint8Array {
  assert(data.length <= FRAME_DATA_BYTES_MAX, "neo2: The data fit a frame");
  const bytes = new Uint8Array(DATA_INDEX + data.length + CRC_BYTES);
  bytes.set(HEADER);
  bytes.set([command, second, data.length >>> 8, data.length & 0xff], HEADER.length);
  bytes.set(data, DATA_INDEX);
  const sum = crc16(bytes.subarray(0, DATA_INDEX + data.length));
  const [high, low] = [sum >>> 8, sum & 0xff];
  bytes.set(crcOrder === "high_first" ? [high, low] : [low, high], DATA_INDEX + data.length);
  return bytes;
}

/** The frame that a message begins with; what follows it is padding. */
export function decodeFrame(message: Uint8Array, crcOrder: CrcOrder): FrameRead<Frame> {
  const wrong = HEADER.findIndex((value, index) => message[index] !== value);
  if (wrong >= 0) return refused("neo2/no_header", wrong);
  const [command, second, lengthHigh, lengthLow] = message.subarray(HEADER.length, DATA_INDEX);
  if (command === undefined || second === undefined || lengthHigh === undefined || lengthLow === undefined) {
    return refused("neo2/too_short", message.length);
  }
  const dataBytes = (lengthHigh << 8) | lengthLow;
  if (dataBytes > FRAME_DATA_BYTES_MAX) return refused("neo2/too_long", HEADER.length + 2);
  const crcIndex = DATA_INDEX + dataBytes;
  const sum = crcAt(message, crcIndex, crcOrder);
  if (sum === undefined) return refused("neo2/too_short", message.length);
  if (sum !== crc16(message.subarray(0, crcIndex))) return refused("neo2/crc", crcIndex);
  return { ok: true, value: { command, second, data: message.subarray(DATA_INDEX, crcIndex) } };
}

/** How many bytes of a message a frame with so much data takes; the rest is padding. */
export function frameBytes({ data }: Frame): number {
  return DATA_INDEX + data.length + CRC_BYTES;
}

/** True when a message is a burst of user interface events and no frame. */
export function isUiMessage(message: Uint8Array): boolean {
  return UI_HEADER.every((value, index) => message[index] === value);
}

/** The events of such a message: header, length, four bytes each, CRC high byte first. */
export function decodeUiMessage(message: Uint8Array): FrameRead<readonly UiEvent[]> {
  if (!isUiMessage(message)) return refused("neo2/no_header", 0);
  const eventBytes = message[UI_HEADER.length];
  if (eventBytes === undefined) return refused("neo2/too_short", message.length);
  if (eventBytes % UI_EVENT_BYTES !== 0) return refused("neo2/length", UI_HEADER.length);
  const start = UI_HEADER.length + 1;
  const crcIndex = start + eventBytes;
  const sum = crcAt(message, crcIndex, "high_first");
  if (sum === undefined) return refused("neo2/too_short", message.length);
  if (sum !== crc16(message.subarray(0, crcIndex))) return refused("neo2/crc", crcIndex);
  const count = eventBytes / UI_EVENT_BYTES;
  const events = Array.from({ length: count }, (_, index): UiEvent => {
    const [device = 0, what = 0] = message.subarray(start + index * UI_EVENT_BYTES);
    return { device: UI_DEVICES[device] ?? "unknown", index: what };
  });
  return { ok: true, value: events };
}

function crcAt(message: Uint8Array, index: number, crcOrder: CrcOrder): number | undefined {
  const [first, second] = message.subarray(index, index + CRC_BYTES);
  if (first === undefined || second === undefined) return undefined;
  return crcOrder === "high_first" ? (first << 8) | second : (second << 8) | first;
}

function refused(code: FrameFaultCode, offset: number): { ok: false; code: FrameFaultCode; offset: number } {
  return { ok: false, code, offset };
}

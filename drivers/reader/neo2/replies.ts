/**
 * A message of the reader as an event of the session: checked, decoded, and stripped of all that must not
 * be known (card.ts). What it leaves behind in the message is the caller's to zero.
 */

import { readCard } from "./card.ts";
import { COMMANDS } from "./commands.ts";
import { decodeFrame, decodeUiMessage, isUiMessage } from "./frame.ts";
import type { Frame } from "./frame.ts";
import { toHex, toText } from "./hex.ts";
import type { ReplyContent } from "./session.ts";
import { STATUS } from "./status.ts";

/** What a message is. `droppedCount`: values of a card that no table names. */
export type Message =
  | {
      readonly kind: "reply";
      readonly command: number;
      readonly status: number;
      readonly content: ReplyContent;
      readonly droppedCount: number;
    }
  /** What the reader shows by itself. */
  | { readonly kind: "ui"; readonly eventCount: number }
  | { readonly kind: "garbled"; readonly isCrc: boolean };

const TEXT_CHARS_MAX = 64;
/** Kind of card, then its number: four, seven or ten bytes (ISO 14443-3). */
const UID_BYTES_MAX = 10;
const NO_CARD_KIND = 0x00;

/** Reads one message. Total. */
export function readMessage(bytes: Uint8Array): Message {
  if (isUiMessage(bytes)) {
    const ui = decodeUiMessage(bytes);
    return ui.ok
      ? { kind: "ui", eventCount: ui.value.length }
      : { kind: "garbled", isCrc: ui.code === "neo2/crc" };
  }
  const frame = decodeFrame(bytes, "high_first");
  if (!frame.ok) return { kind: "garbled", isCrc: frame.code === "neo2/crc" };
  return replyOf(frame.value);
}

function replyOf(frame: Frame): Message {
  const { command, second: status, data } = frame;
  const base = { kind: "reply", command, status, droppedCount: 0 } as const;
  switch (command) {
    case COMMANDS.serial.command:
    case COMMANDS.firmware.command:
      return { ...base, content: { kind: "text", text: toText(data, TEXT_CHARS_MAX) } };
    case COMMANDS.pollForToken.command:
      return { ...base, content: { kind: "uid", uid: uidOf(data) } };
    case COMMANDS.activate.command:
      return data.length === 0 || status === STATUS.uiEvent
        ? { ...base, content: { kind: "none" } }
        : cardReply(frame);
    default:
      return { ...base, content: { kind: "none" } };
  }
}

function cardReply({ command, second: status, data }: Frame): Message {
  const read = readCard(data);
  if (!read.ok) return { kind: "garbled", isCrc: false };
  const { facts, cryptogram, isClear, cardError, droppedCount } = read.value;
  const content = { kind: "card", facts, cryptogram, isClear, cardError } as const;
  return { kind: "reply", command, status, content, droppedCount };
}

function uidOf(data: Uint8Array): string {
  const isCard = data.length > 1 && data[0] !== NO_CARD_KIND && data.length - 1 <= UID_BYTES_MAX;
  return isCard ? toHex(data.subarray(1)) : "";
}

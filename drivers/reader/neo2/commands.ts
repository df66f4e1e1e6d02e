/**
 * The commands of a NEO 2 that are used, as data (guide 80139403, chapter 8): numbers, the order of the
 * CRC's bytes, how long the reply may take. Encodes what goes with them. A new command is a row.
 */

import { assert } from "../../../core/bug.ts";
import { encodeFrame } from "./frame.ts";
import type { CrcOrder } from "./frame.ts";

/** One command. */
export interface CommandRow {
  readonly command: number;
  readonly sub: number;
  readonly crc: CrcOrder;
  /** How long the reply may take, where the command itself does not say. */
  readonly replyMs: number;
}

/** Every command in use. [known] marks numbers that stand in the guide's tables and met no hardware here. */
export const COMMANDS = {
  ping: { command: 0x18, sub: 0x01, crc: "low_first", replyMs: 1_000 },
  /** 29-00 [known]. */
  firmware: { command: 0x29, sub: 0x00, crc: "low_first", replyMs: 1_500 },
  serial: { command: 0x12, sub: 0x01, crc: "low_first", replyMs: 1_500 },
  /** 01-01 [known]: 00 polls by itself, 01 on demand. */
  pollMode: { command: 0x01, sub: 0x01, crc: "low_first", replyMs: 1_500 },
  /** 01-02: message, tone, lights. */
  indicate: { command: 0x01, sub: 0x02, crc: "low_first", replyMs: 1_500 },
  /** 03-02: the reader wants 800 ms of rest after its reply. */
  getConfig: { command: 0x03, sub: 0x02, crc: "low_first", replyMs: 2_300 },
  setConfig: { command: 0x04, sub: 0x00, crc: "low_first", replyMs: 2_300 },
  activate: { command: 0x02, sub: 0x40, crc: "low_first", replyMs: 30_000 },
  cancel: { command: 0x05, sub: 0x01, crc: "low_first", replyMs: 3_000 },
  passThrough: { command: 0x2c, sub: 0x01, crc: "high_first", replyMs: 1_500 },
  pollForToken: { command: 0x2c, sub: 0x02, crc: "high_first", replyMs: 1_500 },
} as const satisfies Readonly<Record<string, CommandRow>>;

/** The name of a command. */
export type CommandName = keyof typeof COMMANDS;

/** The reader polls for cards only when asked to. */
export const POLL_ON_DEMAND = Uint8Array.of(0x01);
/** 05-01: back to rest without a message on the display. */
export const RESET_SILENTLY = Uint8Array.of(0x01);
/** 2C-01. */
export const PASS_THROUGH_ON = Uint8Array.of(0x01);
export const PASS_THROUGH_OFF = Uint8Array.of(0x00);

/** Largest amount that 9F02 can say: twelve digits. */
export const AMOUNT_MINOR_MAX = 999_999_999_999;
/** Longest wait for a card that one byte can say. */
export const ACTIVATE_SECONDS_MAX = 255;

/** The bytes of a command, ready to be cut into reports. */
export function commandMessage(name: CommandName, data: Uint8Array = new Uint8Array()): Uint8Array {
  const { command, sub, crc } = COMMANDS[name];
  return encodeFrame({ command, second: sub, data }, crc);
}

/** What is paid, as 02-40 wants it. */
export interface Activation {
  /** How long the reader waits for a card, 1 to ACTIVATE_SECONDS_MAX. */
  readonly waitSeconds: number;
  readonly amountMinor: number;
  /** Three digits of ISO 4217. */
  readonly currencyDigits: string;
}

/**
 * The data of 02-40: the wait, then amount, other amount, kind (purchase) and currency. The date is left to
 * the reader: readers with a secure part refuse 9A (guide 80139403 §8.5.1).
 */
export function activationData({ waitSeconds, amountMinor, currencyDigits }: Activation): Uint8Array {
  assert(Number.isInteger(waitSeconds) && waitSeconds >= 1, "neo2: A wait has at least a second");
  assert(waitSeconds <= ACTIVATE_SECONDS_MAX, "neo2: A wait fits a byte");
  assert(/^\d{3}$/.test(currencyDigits), "neo2: A currency has three digits");
  return Uint8Array.of(
    waitSeconds,
    ...[0x9f, 0x02, 0x06, ...bcd(amountMinor, 6)],
    ...[0x9f, 0x03, 0x06, ...bcd(0, 6)],
    ...[0x9c, 0x01, 0x00],
    ...[0x5f, 0x2a, 0x02, ...bcd(Number(currencyDigits), 2)],
  );
}

/** The data of 2C-02: seconds and ten-millisecond steps, which the reader refuses when both are zero. */
export function tokenWaitData(waitMs: number): Uint8Array {
  const steps = Math.max(1, Math.round(waitMs / 10));
  return Uint8Array.of(Math.min(255, Math.floor(steps / 100)), steps % 100);
}

function bcd(value: number, byteCount: number): readonly number[] {
  const digits = value.toString().padStart(byteCount * 2, "0");
  assert(/^\d+$/.test(digits) && digits.length === byteCount * 2, "neo2: A number fits its field");
  return Array.from({ length: byteCount }, (_, index) =>
    Number.parseInt(digits.slice(index * 2, index * 2 + 2), 16),
  );
}

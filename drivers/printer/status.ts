/**
 * What the printer says, out of the bytes it sends: real-time status (DLE EOT), the marker's answer
 * (GS r), and automatic status quads, which a printer may send before the initialisation turned them
 * off and which are skipped. Told apart by their fixed bits. Pure and resumable; nothing is kept but a
 * count.
 */

import type { PrinterFaultCode } from "../fault.ts";

/** Bytes still to come of an automatic status quad. */
export interface StatusReader {
  readonly quadBytesLeft: number;
}

/** One thing the printer said; `value` is the byte as it came. */
export type PrinterReply =
  | { readonly kind: "realtime"; readonly value: number }
  | { readonly kind: "marker"; readonly value: number }
  | { readonly kind: "automatic"; readonly value: number }
  | { readonly kind: "garbage"; readonly value: number };

/** A reader at the start of a connection. */
export const STATUS_READER_START: StatusReader = { quadBytesLeft: 0 };

const QUAD_REST_BYTES = 3;

/** Reads one byte. */
export function readStatusByte(reader: StatusReader, value: number): [StatusReader, PrinterReply] {
  // Bytes 2 to 4 of a quad have bits 7 and 4 clear, as the marker's answer: only the count tells.
  if (reader.quadBytesLeft > 0 && (value & 0x90) === 0x00) {
    return [{ quadBytesLeft: reader.quadBytesLeft - 1 }, { kind: "automatic", value }];
  }
  if ((value & 0x93) === 0x12) return [STATUS_READER_START, { kind: "realtime", value }];
  if ((value & 0x93) === 0x10) return [{ quadBytesLeft: QUAD_REST_BYTES }, { kind: "automatic", value }];
  if ((value & 0x90) === 0x00) return [STATUS_READER_START, { kind: "marker", value }];
  return [STATUS_READER_START, { kind: "garbage", value }];
}

/** The answers to DLE EOT 1 to 4, in that order. */
export type StatusAnswers = readonly [printer: number, offline: number, error: number, paper: number];

/**
 * Why the printer cannot print, or undefined when it can. The cover comes before the paper: an open
 * cover also lifts the paper sensor on many models, and closing it is what the clerk does first.
 */
export function statusProblem(answers: StatusAnswers): PrinterFaultCode | undefined {
  const [printer, offline, error, paper] = answers;
  if ((offline & 0x04) !== 0) return "printer/cover_open";
  if ((paper & 0x60) !== 0 || (offline & 0x20) !== 0) return "printer/paper_out";
  if ((error & 0x68) !== 0 || (offline & 0x40) !== 0) return "printer/error";
  if ((printer & 0x08) !== 0) return "printer/offline";
  return undefined;
}

/** True when the answer to DLE EOT 4 says that the roll is nearly used up. */
export function isPaperLow(paper: number): boolean {
  return (paper & 0x0c) !== 0;
}

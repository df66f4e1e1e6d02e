/**
 * What the printer says, out of the bytes it sends: real-time status (DLE EOT), the marker's answer
 * (GS r), and automatic status quads (GS a), told apart by their fixed bits. Pure and resumable; what is
 * kept is the beginning of a quad. ESC/POS reference under DLE EOT, GS a and GS r.
 */

import type { PrinterFaultCode } from "../fault.ts";

/** Bytes of an automatic status quad that have come so far. */
export interface StatusReader {
  readonly quad: readonly number[];
}

/** What is known of the device: why it cannot print, undefined when it can; and whether the roll is nearly used up. */
export interface PrinterCondition {
  readonly problem: PrinterFaultCode | undefined;
  readonly paperLow: boolean;
}

/** One thing the printer said; `value` is the byte as it came. */
export type PrinterReply =
  | { readonly kind: "realtime"; readonly value: number }
  | { readonly kind: "marker"; readonly value: number }
  /** A byte inside a quad that is not complete yet. */
  | { readonly kind: "partial"; readonly value: number }
  /** The last byte of a quad, and what the quad says. */
  | { readonly kind: "automatic"; readonly value: number; readonly condition: PrinterCondition }
  | { readonly kind: "garbage"; readonly value: number };

/** A reader at the start of a connection. */
export const STATUS_READER_START: StatusReader = { quad: [] };

/** Reads one byte. */
export function readStatusByte(reader: StatusReader, value: number): [StatusReader, PrinterReply] {
  // Bytes 2 to 4 of a quad have bits 7 and 4 clear, as the marker's answer: only the place tells.
  if (reader.quad.length > 0 && (value & 0x90) === 0x00) {
    const [first = 0, second, third] = reader.quad;
    if (second === undefined || third === undefined) {
      return [{ quad: [...reader.quad, value] }, { kind: "partial", value }];
    }
    return [
      STATUS_READER_START,
      { kind: "automatic", value, condition: quadCondition(first, second, third) },
    ];
  }
  if ((value & 0x93) === 0x12) return [STATUS_READER_START, { kind: "realtime", value }];
  if ((value & 0x93) === 0x10) return [{ quad: [value] }, { kind: "partial", value }];
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

/** The same order of causes as `statusProblem`; the fourth byte of a quad carries nothing. */
function quadCondition(first: number, second: number, third: number): PrinterCondition {
  return { problem: quadProblem(first, second, third), paperLow: (third & 0x03) !== 0 };
}

function quadProblem(first: number, second: number, third: number): PrinterFaultCode | undefined {
  if ((first & 0x20) !== 0) return "printer/cover_open";
  if ((third & 0x0c) !== 0) return "printer/paper_out";
  if ((second & 0x68) !== 0) return "printer/error";
  if ((first & 0x08) !== 0) return "printer/offline";
  return undefined;
}

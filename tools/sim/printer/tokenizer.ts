/**
 * ESC/POS bytes to tokens. Resumable at every byte, bounded, total: each byte of the input is in exactly
 * one token or still pending, whatever the input is. Says nothing about what a token means.
 * Real-time commands are looked for between tokens, not inside the data of another command.
 */

import { COMMANDS } from "./commands.ts";
import type { CommandRow } from "./commands.ts";

/** A piece of the stream; `bytes` are exactly its bytes. */
export type Token =
  /** Bytes of 20 and above, but 7F; a two-byte character may be split over two tokens. */
  | { readonly kind: "text"; readonly bytes: Uint8Array }
  /** A control byte by itself: LF, CR, HT, FF, and NUL, which does nothing. */
  | { readonly kind: "control"; readonly bytes: Uint8Array }
  | {
      readonly kind: "command";
      readonly name: string;
      readonly isRealtime: boolean;
      readonly bytes: Uint8Array;
      /** What follows the opcode. */
      readonly parameters: Uint8Array;
    }
  /** Bytes that begin no known command, or a command longer than any real one. */
  | { readonly kind: "garbage"; readonly bytes: Uint8Array };

/** Longest command kept while it is incomplete; a raster of a whole 80 mm receipt is shorter. */
export const COMMAND_BYTES_MAX = 128 * 1024;

const PREFIXES = new Set(COMMANDS.map((row) => row.opcode[0] ?? 0));
const CONTROLS = new Set([0x00, 0x09, 0x0a, 0x0c, 0x0d]);

/** Cuts a stream into tokens; one per connection. */
export class Tokenizer {
  #pending: Uint8Array = new Uint8Array(0);

  /** Bytes that belong to a command which is not complete yet. */
  get pendingBytes(): Uint8Array {
    return this.#pending;
  }

  /** All tokens that are complete with these bytes. */
  push(bytes: Uint8Array): readonly Token[] {
    const input = concat(this.#pending, bytes);
    const tokens: Token[] = [];
    let offset = 0;
    for (;;) {
      const token = nextToken(input.subarray(offset));
      if (token === undefined) break;
      tokens.push(token);
      offset += token.bytes.length;
    }
    this.#pending = input.slice(offset);
    return tokens;
  }

  /** The stream has ended: what is pending is garbage. */
  end(): readonly Token[] {
    const bytes = this.#pending;
    this.#pending = new Uint8Array(0);
    return bytes.length === 0 ? [] : [{ kind: "garbage", bytes }];
  }
}

function nextToken(input: Uint8Array): Token | undefined {
  const first = input[0];
  if (first === undefined) return undefined;
  if (PREFIXES.has(first)) return commandToken(input);
  if (CONTROLS.has(first)) return { kind: "control", bytes: input.slice(0, 1) };
  if (!isText(first)) return { kind: "garbage", bytes: input.slice(0, 1) };
  let end = 1;
  while (end < input.length && isText(input[end] ?? 0)) end += 1;
  return { kind: "text", bytes: input.slice(0, end) };
}

function commandToken(input: Uint8Array): Token | undefined {
  const candidates = COMMANDS.filter((row) => beginsAlike(row, input));
  if (candidates.length === 0) return { kind: "garbage", bytes: input.slice(0, 1) };
  const row = candidates.find((candidate) => candidate.opcode.length <= input.length);
  if (row === undefined) return undefined;
  const rest = input.subarray(row.opcode.length);
  const parameterBytes = row.length(rest);
  const wanted = parameterBytes ?? rest.length + 1;
  if (wanted > COMMAND_BYTES_MAX) return { kind: "garbage", bytes: input.slice(0, row.opcode.length) };
  if (wanted > rest.length) return undefined;
  const parameters = rest.slice(0, wanted);
  const bytes = input.slice(0, row.opcode.length + wanted);
  return { kind: "command", name: row.name, isRealtime: row.isRealtime, bytes, parameters };
}

function beginsAlike(row: CommandRow, input: Uint8Array): boolean {
  return row.opcode.every((byte, index) => index >= input.length || input[index] === byte);
}

function isText(byte: number): boolean {
  return byte >= 0x20 && byte !== 0x7f;
}

function concat(a: Uint8Array, b: Uint8Array): Uint8Array {
  if (a.length === 0) return b;
  const result = new Uint8Array(a.length + b.length);
  result.set(a);
  result.set(b, a.length);
  return result;
}

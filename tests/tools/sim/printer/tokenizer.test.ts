/**
 * Bytes to tokens: every kind of command by hex, every cut of the goldens, and the promise that no byte
 * is lost or kept for ever.
 */

import * as fc from "fast-check";
import { expect, test } from "vitest";
import { COMMANDS } from "../../../../tools/sim/printer/commands.ts";
import { COMMAND_BYTES_MAX, Tokenizer } from "../../../../tools/sim/printer/tokenizer.ts";
import type { Token } from "../../../../tools/sim/printer/tokenizer.ts";
import { bytesOfGolden, escposGoldens } from "../../../support/escpos-goldens.ts";
import { fromHex, toHex } from "../../../support/hex.ts";
import { table } from "../../../support/table.ts";

const rows = table(
  ["hex", "tokens"],
  `
  hex                               | tokens
  54 65 61 0a                       | text 546561, control 0a
  b2 e8                             | text b2e8
  1b 40 1c 26                       | ESC @ 1b40, FS & 1c26
  1b 61 01 41                       | ESC a 1b6101, text 41
  1d 56 00 1d 56 42 03              | GS V 1d5600, GS V 1d564203
  10 04 01 10 14 01 00 02           | DLE EOT 100401, DLE DC4 1014010002
  1d 28 6b 03 00 31 43 08           | GS ( k 1d286b0300314308
  1d 76 30 00 01 00 02 00 ff ff 41  | GS v 0 1d7630000100 0200ffff, text 41
  1d 6b 04 41 42 00 41              | GS k 1d6b04414200, text 41
  1d 6b 49 02 7b 42 41              | GS k 1d6b49027b42, text 41
  1b 7e 41                          | garbage 1b, text 7e41
  00 7f 41                          | control 00, garbage 7f, text 41
  `,
);

test.each(rows)("$hex", ({ hex, tokens }) => {
  const tokenizer = new Tokenizer();
  expect(tokenizer.push(fromHex(hex)).map(tell).join(", ").replaceAll(" ", "")).toBe(
    tokens.replaceAll(" ", ""),
  );
  expect(tokenizer.pendingBytes).toHaveLength(0);
});

/** Small enough to be cut at every byte in a moment, and together with every command that is sent. */
const CUT_ANYWHERE = [
  "english-gbk_80mm.hex",
  "chinese-gbk_58mm.hex",
  "russian-pos_5890-cp866.hex",
  "symbols-gbk_80mm.hex",
];

test.each([...escposGoldens()].filter(([name]) => CUT_ANYWHERE.includes(name)))(
  "%s reads the same when it comes in two parts, cut anywhere",
  (_name, text) => {
    const bytes = bytesOfGolden(text);
    const whole = joined(new Tokenizer().push(bytes));
    for (let at = 0; at <= bytes.length; at += 1) {
      const tokenizer = new Tokenizer();
      const tokens = [...tokenizer.push(bytes.subarray(0, at)), ...tokenizer.push(bytes.subarray(at))];
      expect(joined(tokens)).toEqual(whole);
    }
  },
);

test("whatever comes, however it is cut, every byte is in one token", () => {
  const opcodes = fc.constantFrom(...COMMANDS.map((row) => Uint8Array.from(row.opcode)));
  const parts = fc.array(fc.oneof(fc.uint8Array({ maxLength: 12 }), opcodes), { maxLength: 12 });
  fc.assert(
    fc.property(parts, (chunks) => {
      const tokenizer = new Tokenizer();
      const tokens = [...chunks.flatMap((chunk) => tokenizer.push(chunk)), ...tokenizer.end()];
      expect(bytesOf(tokens)).toEqual(chunks.flatMap((chunk) => [...chunk]));
      expect(tokenizer.pendingBytes).toHaveLength(0);
    }),
  );
});

test("a command that claims to be endless is garbage, and what it would have kept is read", () => {
  const tokens = new Tokenizer().push(fromHex("1d 76 30 00 ff ff ff ff 41"));
  expect(tell(tokens[0] ?? expect.fail("No token"))).toBe("garbage 1d7630");
  expect(bytesOf(tokens)).toHaveLength(9);
});

test("a barcode that never ends keeps no more than the bound", () => {
  const tokenizer = new Tokenizer();
  tokenizer.push(fromHex("1d 6b 04"));
  tokenizer.push(new Uint8Array(COMMAND_BYTES_MAX).fill(0x41));
  expect(tokenizer.pendingBytes).toHaveLength(0);
});

test("no opcode is the beginning of another", () => {
  const opcodes = COMMANDS.map((row) => toHex(Uint8Array.from(row.opcode)));
  for (const opcode of opcodes) {
    expect(opcodes.filter((other) => other.startsWith(opcode))).toEqual([opcode]);
  }
});

function tell(token: Token): string {
  return `${token.kind === "command" ? token.name : token.kind} ${toHex(token.bytes)}`;
}

/** Tokens with neighbouring texts made one: a cut may fall inside a text. */
function joined(tokens: readonly Token[]): readonly string[] {
  const told: string[] = [];
  for (const token of tokens) {
    const isText = token.kind === "text" && (told.at(-1)?.startsWith("text ") ?? false);
    if (isText) told.push(`${told.pop() ?? ""}${toHex(token.bytes)}`);
    else told.push(tell(token));
  }
  return told;
}

function bytesOf(tokens: readonly Token[]): readonly number[] {
  return tokens.flatMap((token) => [...token.bytes]);
}

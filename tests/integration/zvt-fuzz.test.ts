/**
 * Mutated frames of a ZVT terminal, on the serial line and over TCP, through the frame readers, the APDU
 * parser, what is made of its fields, and a session that waits for them: each is read or refused with a
 * code, nothing throws or hangs, memory stays flat. RUNS says how many for each line; the seed is in the title.
 */

import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { decodeApdu, encodeApdu, zvtMessage } from "../../drivers/reader/zvt/apdu.ts";
import type { ZvtMessage } from "../../drivers/reader/zvt/apdu.ts";
import { bmpField } from "../../drivers/reader/zvt/bmp.ts";
import { SerialFrameReader, encodeSerialBlock } from "../../drivers/reader/zvt/frame-serial.ts";
import { TcpFrameReader } from "../../drivers/reader/zvt/frame-tcp.ts";
import { LINK_START, stepLink } from "../../drivers/reader/zvt/link.ts";
import { SEQUENCE_START, hear } from "../../drivers/reader/zvt/sequence.ts";
import type { SessionConfig, SessionEvent } from "../../drivers/reader/zvt/session.ts";
import { moneyCommand } from "../../drivers/reader/zvt/requests.ts";
import type { ZvtSetup } from "../../drivers/reader/zvt/requests.ts";
import { SESSION_START, stepSession } from "../../drivers/reader/zvt/session-step.ts";
import { printedBlock, printedLine, promptOf, statusFacts } from "../../drivers/reader/zvt/status.ts";
import { rawTlvItem } from "../../drivers/reader/zvt/tlv.ts";
import { dice, nextInput, seedsIn } from "../../tools/proof/inspect/fuzz.ts";
import { CARDS } from "../../tools/sim/reader/cards.ts";

const SEED = Number(process.env["SEED"] ?? 1);
const RUNS = Number(process.env["RUNS"] ?? 50_000);
const HEAP_GROWTH_BYTES_MAX = 64 * 1024 * 1024;
const CODE = /^zvt\/[a-z_]+$/;

const CONFIG: SessionConfig = {
  currencyOfDigits: new Map([["0978", "EUR"]]),
  currency: "EUR",
  serial: "52500041",
  canAbort: true,
  isInDoubt: false,
};

const SETUP: ZvtSetup = {
  password: "123456",
  currencies: new Map([["EUR", "0978"]]),
  currency: "EUR",
  printsItself: false,
  generation: "current",
};
const CHARGE =
  moneyCommand(
    { kind: "pay", ref: "1", amountMinor: 1_340, currency: "EUR", watermark: "", original: "" },
    SETUP,
  ) ?? expect.fail("a payment is a command");

/** Results with whole card numbers, and what the papers and other tests hold. */
const seeds = [
  ...seedsIn(readFileSync(new URL("../golden/readers/zvt.txt", import.meta.url), "utf8")),
  ...CARDS.map(({ pan, brand }) => {
    const packed = Uint8Array.from(Buffer.from(pan.length % 2 === 0 ? pan : `${pan}f`, "hex"));
    const track = Uint8Array.from(Buffer.from(`${pan}d2912${pan.length % 2 === 0 ? "f" : ""}`, "hex"));
    return encodeApdu(
      zvtMessage("status_information", [
        bmpField("result", 0),
        bmpField("amount", 1_340),
        bmpField("card_number", { raw: packed }),
        bmpField("track_2", { raw: track }),
        bmpField("card_name", brand),
        bmpField("additional_text", `No ${pan}`),
        bmpField("tlv", [rawTlvItem(0x5a, packed), rawTlvItem(0x1f10, Uint8Array.of(2))]),
      ]),
    );
  }),
];

/** Everything that a message of the terminal goes through behind its frame; "ok" or the code against it. */
function read(apdu: Uint8Array): string {
  const decoded = decodeApdu(apdu);
  if (!decoded.ok) {
    expect(decoded.code).toMatch(CODE);
    return decoded.code;
  }
  const { message } = decoded.value;
  statusFacts(message);
  promptOf(message);
  printedBlock(message);
  printedLine(message);
  hear(SEQUENCE_START, message);
  listen(message);
  return "ok";
}

/** A payment that has begun; another one when it has ended. The desk's words come now and then. */
let session = SESSION_START;
let heardCount = 0;
function listen(message: ZvtMessage): void {
  const step = (event: SessionEvent): void => {
    session = stepSession(session, event, CONFIG).state;
  };
  if (session.kind === "idle") step({ kind: "start", command: CHARGE });
  step({ kind: "message", message });
  heardCount += 1;
  if (heardCount % 3 === 0) step({ kind: "slip_kept", isKept: heardCount % 2 === 0 });
  if (heardCount % 4 === 0) step({ kind: "taken", word: heardCount % 8 === 0 ? "accept" : "refuse" });
}

/** An APDU in pieces, with the length that it has. */
function withLength(bytes: Uint8Array): Uint8Array {
  const data = bytes.subarray(3);
  return Uint8Array.of(bytes[0] ?? 4, bytes[1] ?? 0x0f, 0xff, data.length & 0xff, data.length >>> 8, ...data);
}

function pieces(bytes: Uint8Array, roll: (below: number) => number): readonly Uint8Array[] {
  const at = roll(bytes.length + 1);
  return [bytes.slice(0, at), bytes.slice(at)];
}

/** Runs them; how often each word was said. */
function fuzz(play: (input: Uint8Array, roll: (below: number) => number) => readonly string[]): {
  readonly said: ReadonlyMap<string, number>;
  readonly grownBytes: number;
} {
  const roll = dice(SEED);
  const said = new Map<string, number>();
  let heapBytes = 0;
  for (let index = 0; index < RUNS; index += 1) {
    if (index === Math.floor(RUNS / 10)) heapBytes = process.memoryUsage().heapUsed;
    const drawn = nextInput(roll, seeds);
    for (const word of play(roll(2) === 0 ? drawn : withLength(drawn), roll))
      said.set(word, (said.get(word) ?? 0) + 1);
  }
  return { said, grownBytes: process.memoryUsage().heapUsed - heapBytes };
}

test(`${RUNS} mutated frames over TCP, SEED=${SEED}`, () => {
  const { said, grownBytes } = fuzz((input, roll) => {
    const reader = new TcpFrameReader();
    const words = pieces(input, roll)
      .flatMap((piece) => reader.push(piece))
      .map((item) => (item.kind === "apdu" ? read(item.bytes) : item.kind));
    return reader.cut() > 0 ? [...words, "cut"] : words;
  });
  console.log(
    JSON.stringify({
      runs: RUNS,
      grownBytes,
      rssBytes: process.memoryUsage().rss,
      said: Object.fromEntries(said),
    }),
  );
  expect(grownBytes).toBeLessThan(HEAP_GROWTH_BYTES_MAX);
  expect(said.get("ok")).toBeGreaterThan(RUNS / 10);
  for (const word of ["zvt/unknown_command", "too_long", "cut"]) expect(said.get(word)).toBeGreaterThan(0);
});

test(`${RUNS} mutated frames on a serial line, SEED=${SEED}`, () => {
  const reader = new SerialFrameReader();
  const { said, grownBytes } = fuzz((input, roll) => {
    const block = roll(4) === 0 ? input : encodeSerialBlock(input);
    if (roll(4) === 0) block[roll(block.length)] = roll(256);
    let link = LINK_START;
    const items = [...pieces(block, roll).flatMap((piece) => reader.push(piece)), ...reader.cut()];
    return items.map((item) => {
      if (item.kind === "garbage") return item.kind;
      if (item.kind !== "apdu") {
        link = stepLink(link, { kind: item.kind }).state;
        return item.kind;
      }
      const isAnswer = item.bytes[0] === 0x80 || item.bytes[0] === 0x84;
      link = stepLink(link, { kind: "apdu", apdu: item.bytes, isAnswer }).state;
      return read(item.bytes);
    });
  });
  console.log(
    JSON.stringify({
      runs: RUNS,
      grownBytes,
      rssBytes: process.memoryUsage().rss,
      said: Object.fromEntries(said),
    }),
  );
  expect(grownBytes).toBeLessThan(HEAP_GROWTH_BYTES_MAX);
  expect(said.get("ok")).toBeGreaterThan(RUNS / 10);
  for (const word of ["zvt/unknown_command", "bad_block", "garbage", "ack", "nak"])
    expect(said.get(word)).toBeGreaterThan(0);
});

/**
 * A million mutated messages of a NEO 2 through the assembler and the parsers: each is read or refused, a
 * planted card number never comes out, nothing hangs, memory stays flat. The seed is in the title.
 */

import { expect, test } from "vitest";
import { readCard } from "../../drivers/reader/neo2/card.ts";
import { encodeFrame } from "../../drivers/reader/neo2/frame.ts";
import { ReportAssembler, reportsOf } from "../../drivers/reader/neo2/reports.ts";
import { readMessage } from "../../drivers/reader/neo2/replies.ts";
import { dice, nextInput } from "../../tools/proof/inspect/fuzz.ts";
import { SIM_CARDS, cardData, failureData, numberOf } from "../../tools/sim/neo2/cards.ts";

const SEED = Number(process.env["SEED"] ?? 1);
const COUNT = 1_000_000;
const HEAP_GROWTH_BYTES_MAX = 64 * 1024 * 1024;
const WARM_UP_COUNT = 100_000;

const cards = [...SIM_CARDS.values()];
const numbers = cards.map(numberOf);
const base = { amountMinor: 1_340, currency: "978" };
/** Data of replies: all cards, all ways, readable ones among them. */
const seeds = [
  ...cards.flatMap((card) =>
    (["tap", "swipe"] as const).flatMap((entry) => [
      cardData({ ...base, card, entry }, "62994900AB0008000001", "encrypted"),
      cardData({ ...base, card, entry }, "", "clear"),
    ]),
  ),
  failureData(0x26),
];

test(`${COUNT} mutated messages, SEED=${SEED}`, () => {
  const roll = dice(SEED);
  const assembler = new ReportAssembler();
  const counts = { reply: 0, ui: 0, garbled: 0, none: 0 };
  let heapBytes = 0;
  for (let index = 0; index < COUNT; index += 1) {
    if (index === WARM_UP_COUNT) heapBytes = process.memoryUsage().heapUsed;
    const data = nextInput(roll, seeds).subarray(0, 1_000);
    // Half of them with a right frame around, so that the cards' parser is reached.
    const message =
      roll(2) === 0 ? data : encodeFrame({ command: 0x02, second: roll(2) * 0x23, data }, "high_first");
    const reports = reportsOf(message);
    const broken = roll(4) === 0 ? roll(reports.length) : -1;
    let last = assembler.push(Uint8Array.of(0));
    for (const [number, report] of reports.entries()) {
      if (number === broken) report[roll(64)] = roll(256);
      last = assembler.push(report);
    }
    counts[last.kind === "message" ? readMessage(last.bytes).kind : "none"] += 1;
  }
  expect(process.memoryUsage().heapUsed - heapBytes).toBeLessThan(HEAP_GROWTH_BYTES_MAX);
  expect(counts.reply).toBeGreaterThan(COUNT / 20);
  expect(counts.garbled).toBeGreaterThan(COUNT / 20);
});

test(`100,000 mutated cards give no planted number away, SEED=${SEED}`, () => {
  const roll = dice(SEED);
  let readCount = 0;
  for (let index = 0; index < 100_000; index += 1) {
    const read = readCard(nextInput(roll, seeds).subarray(0, 1_000));
    if (!read.ok) continue;
    readCount += 1;
    const { facts, fields, cryptogram } = read.value;
    const said = JSON.stringify([facts, [...fields]]);
    const sealed = Buffer.from(cryptogram?.bytes ?? []);
    for (const number of numbers) {
      expect(said).not.toContain(number);
      expect(sealed.includes(Buffer.from(number, "hex"))).toBe(false);
      expect(sealed.includes(number)).toBe(false);
    }
  }
  expect(readCount).toBeGreaterThan(10_000);
});

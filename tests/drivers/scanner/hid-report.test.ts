/** HID POS reports: one code from one report or a chain, and what breaks a chain. */

import * as fc from "fast-check";
import { expect, test } from "vitest";
import type { ChainState } from "../../../drivers/scanner/hid-report.ts";
import {
  CHAIN_START,
  HID_POS_SWITCH,
  HID_REPORT_BYTES,
  chainSilence,
  isChainOpen,
  isPosScanner,
  readHidReport,
} from "../../../drivers/scanner/hid-report.ts";
import { readFrame } from "../../../drivers/scanner/read.ts";
import { hidReports } from "../../../tools/sim/scanner/reports.ts";
import { bitFlips, truncations } from "../../support/damage.ts";
import { fromHex } from "../../support/hex.ts";
import { SHOP } from "./scan-codes.ts";

const CODE_BYTES_MAX = 4096;
const EAN = "]E06900350006025";

/** Everything that these reports say, one after the other. */
function read(reports: readonly Uint8Array[], codeBytesMax = CODE_BYTES_MAX): readonly string[] {
  let state: ChainState = CHAIN_START;
  return reports.flatMap((report) => {
    const step = readHidReport(state, report, codeBytesMax);
    state = step.state;
    return step.frames.map((frame) => (frame.kind === "code" ? frame.text : frame.code));
  });
}

test("the boarding pass of the manual comes in two reports and is one code", () => {
  const first = fromHex(`02 38 5d 51 30 ${"4d".repeat(56)} 73 00 01`);
  const second = fromHex(`02 04 5d 51 30 ${"4e".repeat(4)} ${"00".repeat(52)} 73 00 00`);
  expect(first).toHaveLength(HID_REPORT_BYTES);
  expect(read([first, second])).toEqual([`]Q0${"M".repeat(56)}NNNN`]);
});

test("one report is one code, a carriage return at its end is dropped", () => {
  expect(read(hidReports(EAN))).toEqual([EAN]);
  expect(read(hidReports(`${EAN}\r`))).toEqual([EAN]);
});

test("an identifier one byte later is found", () => {
  const [report = new Uint8Array()] = hidReports(EAN);
  const shifted = Uint8Array.of(...report.slice(0, 2), 0, ...report.slice(2, 60), ...report.slice(61));
  expect(read([shifted])).toEqual([EAN]);
});

test("a report with another id is not ours", () => {
  expect(read([Uint8Array.of(0x05, 1, 2, 3), ...hidReports(EAN)])).toEqual([EAN]);
  expect(read([new Uint8Array()])).toEqual([]);
});

test("a report of another shape is scan/bad_report", () => {
  const [report = new Uint8Array()] = hidReports(EAN);
  const with_ = (index: number, value: number): Uint8Array => report.with(index, value);
  for (const bad of [
    report.slice(0, 63),
    Uint8Array.of(...report, 0),
    with_(1, 57),
    with_(2, 0),
    with_(63, 2),
  ]) {
    expect(read([bad])).toEqual(["scan/bad_report"]);
  }
});

test("bytes that no code holds are scan/noise", () => {
  expect(read(hidReports("]Q1a\u0007b"))).toEqual(["scan/noise"]);
  expect(read(hidReports("]Q1a\rb"))).toEqual(["scan/noise"]);
});

test("a chain whose identifier changes is scan/cut_off, and its rest is skipped", () => {
  const chain = hidReports(`]Q1${"A".repeat(150)}`);
  expect(chain).toHaveLength(3);
  const [first = new Uint8Array()] = chain;
  expect(read([first, ...hidReports(EAN)])).toEqual(["scan/cut_off"]);
  const other = hidReports(`]C0${"B".repeat(150)}`);
  expect(read([first, ...other, ...hidReports(EAN)])).toEqual(["scan/cut_off", EAN]);
});

test("a chain over the bound is scan/too_long once, and the next code is read", () => {
  expect(read([...hidReports(`]Q1${"A".repeat(500)}`), ...hidReports(EAN)], 100)).toEqual([
    "scan/too_long",
    EAN,
  ]);
});

test("a chain that does not go on is scan/cut_off", () => {
  const [first = new Uint8Array()] = hidReports(`]Q1${"A".repeat(60)}`);
  const { state } = readHidReport(CHAIN_START, first, CODE_BYTES_MAX);
  expect(isChainOpen(state)).toBe(true);
  expect(chainSilence(state)).toEqual({
    state: CHAIN_START,
    frames: [{ kind: "rejected", code: "scan/cut_off" }],
  });
  expect(chainSilence(CHAIN_START)).toEqual({ state: CHAIN_START, frames: [] });
  expect(chainSilence({ kind: "skipping" })).toEqual({ state: CHAIN_START, frames: [] });
});

test("a HID POS scanner is known by its usage", () => {
  expect(isPosScanner(fromHex("05 8c 09 02 a1 01"))).toBe(true);
  expect(isPosScanner(fromHex("05 01 09 06 a1 01"))).toBe(false);
  expect(isPosScanner(new Uint8Array())).toBe(false);
});

test("the feature report that switches a keyboard scanner is 254 with 1", () => {
  expect([...(HID_POS_SWITCH.get(0x0c2e) ?? [])]).toEqual([254, 1]);
  expect(HID_POS_SWITCH.has(0x05e0)).toBe(false);
});

test("no truncation and no flipped bit of a report makes another item of it", () => {
  const [report = new Uint8Array()] = hidReports(EAN);
  for (const bytes of [...truncations(report), ...bitFlips(report)]) {
    const { frames } = readHidReport(CHAIN_START, bytes, CODE_BYTES_MAX);
    for (const frame of frames) {
      const result = readFrame(frame, SHOP, "goods");
      if (result.kind === "item") expect(result.name).toEqual({ kind: "gtin", gtin: "06900350006025" });
    }
  }
});

test("any reports are read or refused within the bound", () => {
  const report = fc
    .uint8Array({ minLength: 0, maxLength: 70 })
    .map((bytes) => (bytes.length > 3 ? bytes.with(0, 2) : bytes));
  fc.assert(
    fc.property(fc.array(report, { maxLength: 20 }), (reports) => {
      for (const text of read(reports, 100)) expect(text.length).toBeLessThanOrEqual(103);
    }),
  );
});

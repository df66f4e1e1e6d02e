/** The terminal's end of a serial line and of a TCP connection, in bytes written by hand. */

import { expect, test } from "vitest";
import { createSerialLine, createTcpLine } from "../../../../../tools/sim/reader/zvt/line.ts";
import type { Line } from "../../../../../tools/sim/reader/zvt/line.ts";
import { fromHex, toHex } from "../../../../support/hex.ts";
import { ManualTimers } from "../../../../support/manual-timers.ts";

const DONE = "800000";
const DONE_BLOCK = "1002800000" + "1003f51f";
const PAY = "06010a04000000011000490978";
const PAY_BLOCK = "100206010a04000000011010004909781003f2ff";

interface Watched {
  readonly line: Line;
  readonly timers: ManualTimers;
  /** What was written and told since the last look. */
  readonly look: () => readonly string[];
  readonly hears: (hex: string) => void;
}

function watched(kind: "serial" | "tcp"): Watched {
  const timers = new ManualTimers();
  let all: string[] = [];
  const events = {
    write: (bytes: Uint8Array) => void all.push(toHex(bytes)),
    apdu: (bytes: Uint8Array) => void all.push(`apdu ${toHex(bytes)}`),
    delivered: () => void all.push("delivered"),
    undelivered: () => void all.push("undelivered"),
    broken: () => void all.push("broken"),
  };
  const line = kind === "serial" ? createSerialLine(events, timers) : createTcpLine(events);
  return {
    line,
    timers,
    look: () => {
      const seen = all;
      all = [];
      return seen;
    },
    hears: (hex) => line.receive(fromHex(hex)),
  };
}

test("a good block is acknowledged before it is told, also when its amount has a doubled 10", () => {
  const { look, hears } = watched("serial");
  hears(PAY_BLOCK);
  expect(look()).toEqual(["06", `apdu ${PAY}`]);
});

test("a block with a wrong checksum, or one that stops for 200 ms, is answered 15", () => {
  const { look, hears, timers } = watched("serial");
  hears(PAY_BLOCK.replace("f2ff", "f2fe"));
  expect(look()).toEqual(["15"]);
  hears(PAY_BLOCK.slice(0, 10));
  timers.advance(199);
  expect(look()).toEqual([]);
  timers.advance(1);
  expect(look()).toEqual(["15"]);
});

test("what is said waits for the acknowledgement of what was said before", () => {
  const { line, look, hears } = watched("serial");
  line.send(fromHex(DONE));
  line.send(fromHex("060f00"));
  expect(look()).toEqual([DONE_BLOCK]);
  hears("06");
  expect(look()).toEqual([expect.stringMatching(/^1002060f001003....$/)]);
  hears("06");
  expect(look()).toEqual(["delivered"]);
});

test("a block leaves three times, 5 s apart, and at once after a 15; then it is undelivered", () => {
  const { line, look, hears, timers } = watched("serial");
  line.send(fromHex("060f00"));
  const [block] = look();
  timers.advance(5_000);
  expect(look()).toEqual([block]);
  hears("15");
  expect(look()).toEqual([block]);
  timers.advance(5_000);
  expect(look()).toEqual(["undelivered"]);
  timers.advance(60_000);
  expect(look()).toEqual([]);
});

test("an answer stands for the acknowledgement that was lost", () => {
  const { line, look, hears } = watched("serial");
  line.send(fromHex("060f00"));
  look();
  hears(DONE_BLOCK);
  expect(look()).toEqual(["06", "delivered", `apdu ${DONE}`]);
});

test("the same command before our answer was acknowledged is answered again and not told again", () => {
  const { line, look, hears } = watched("serial");
  hears(PAY_BLOCK);
  line.send(fromHex(DONE));
  look();
  hears(PAY_BLOCK);
  expect(look()).toEqual(["06", DONE_BLOCK]);
  hears("06");
  hears(PAY_BLOCK);
  expect(look()).toEqual(["06", `apdu ${PAY}`]);
});

test("over TCP an APDU goes bare and is delivered when it left; an answer is not counted", () => {
  const { line, look, hears } = watched("tcp");
  line.send(fromHex(DONE));
  line.send(fromHex("060f00"));
  hears("0601");
  hears("0a04000000011000490978800000");
  expect(look()).toEqual([DONE, "060f00", "delivered", `apdu ${PAY}`, `apdu ${DONE}`]);
});

test("a length that cannot be is the end of a TCP connection", () => {
  const { look, hears } = watched("tcp");
  hears("0601ffffff");
  expect(look()).toEqual(["broken"]);
});

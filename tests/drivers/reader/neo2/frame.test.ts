/** Frames of a NEO 2: every vector of the guide, both ways, every truncation and every flipped bit. */

import fc from "fast-check";
import { expect, test } from "vitest";
import { COMMANDS, commandMessage } from "../../../../drivers/reader/neo2/commands.ts";
import type { CommandName } from "../../../../drivers/reader/neo2/commands.ts";
import { crc16 } from "../../../../drivers/reader/neo2/crc.ts";
import {
  FRAME_DATA_BYTES_MAX,
  decodeFrame,
  decodeUiMessage,
  encodeFrame,
  frameBytes,
} from "../../../../drivers/reader/neo2/frame.ts";
import { fromHex, toHex } from "../../../support/hex.ts";

const HEADER = "56 69 56 4f 74 65 63 68 32 00";

/** Commands with the CRC as it stands on the wire. Guide 80139403; 12-01 and 01-01 from its examples. */
const COMMAND_VECTORS: readonly (readonly [CommandName, string, string])[] = [
  ["ping", "", "18 01 00 00 b3 cd"],
  ["getConfig", "", "03 02 00 00 5b 91"],
  ["serial", "", "12 01 00 00 18 a5"],
  ["pollMode", "01", "01 01 00 01 01 d7 34"],
];

test.each(COMMAND_VECTORS)("command %s with %j is %s", (name, data, hex) => {
  expect(toHex(commandMessage(name, fromHex(data)))).toBe(toHex(fromHex(`${HEADER} ${hex}`)));
});

/** Replies, the CRC's high byte first. */
const REPLY_VECTORS: readonly (readonly [string, number, number, string])[] = [
  ["18 00 00 00 fa 83", 0x18, 0x00, ""],
  ["01 00 00 00 12 53", 0x01, 0x00, ""],
  ["12 00 00 0f 36333030303030303030303030303030 94bc", 0x12, 0x00, ""],
];

test("replies of the guide are read, and encode to themselves", () => {
  for (const [hex, command, second] of REPLY_VECTORS.slice(0, 2)) {
    const bytes = fromHex(`${HEADER} ${hex}`);
    const read = decodeFrame(bytes, "high_first");
    expect(read).toMatchObject({ ok: true, value: { command, second } });
    if (read.ok) expect(toHex(encodeFrame(read.value, "high_first"))).toBe(toHex(bytes));
  }
});

test("the serial number of the guide's example is read out of its reply", () => {
  const bytes = fromHex(`${HEADER} 12 00 00 0f 36 33 30 5a 30 30 30 30 30 31 00 00 00 00 00 94 bc`);
  const read = decodeFrame(bytes, "high_first");
  expect(read).toMatchObject({ ok: true, value: { command: 0x12, second: 0 } });
  if (read.ok)
    expect(Buffer.from(read.value.data).toString("latin1").replaceAll("\0", "")).toBe("630Z000001");
});

/** Bursts of user interface events, with what they say. */
const UI_VECTORS: readonly (readonly [string, readonly (readonly [string, number])[]])[] = [
  ["45 00 55 00 04 03 03 00 00 e8 dd", [["display", 0x03]]],
  ["45 00 55 00 04 01 11 00 00 28 b6", [["led", 0x11]]],
  ["45 00 55 00 04 01 10 00 00 1f 86", [["led", 0x10]]],
  ["45 00 55 00 04 02 20 00 00 41 ff", [["buzzer", 0x20]]],
  ["45 00 55 00 04 03 04 00 00 6d 4d", [["display", 0x04]]],
  ["45 00 55 00 04 01 21 00 00 ed 13", [["led", 0x21]]],
  ["45 00 55 00 04 01 31 00 00 ae 70", [["led", 0x31]]],
  ["45 00 55 00 04 03 01 00 00 86 bd", [["display", 0x01]]],
  [
    "45 00 55 00 0c 01 30 00 00 01 20 00 00 01 10 00 00 53 78",
    [
      ["led", 0x30],
      ["led", 0x20],
      ["led", 0x10],
    ],
  ],
];

test.each(UI_VECTORS)("user interface events %s", (hex, events) => {
  const value = events.map(([device, index]) => ({ device, index }));
  expect(decodeUiMessage(fromHex(hex))).toEqual({ ok: true, value });
});

test("user interface events are refused with neo2/no_header, neo2/too_short, neo2/length and neo2/crc", () => {
  const whole = fromHex("45 00 55 00 04 03 03 00 00 e8 dd");
  expect(decodeUiMessage(whole.with(1, 1))).toMatchObject({ code: "neo2/no_header" });
  expect(decodeUiMessage(whole.with(4, 3))).toEqual({ ok: false, code: "neo2/length", offset: 4 });
  expect(decodeUiMessage(whole.with(5, 1))).toEqual({ ok: false, code: "neo2/crc", offset: 9 });
  for (let length = 4; length < whole.length; length += 1) {
    expect(decodeUiMessage(whole.slice(0, length))).toMatchObject({ code: "neo2/too_short" });
  }
});

test("pass-through commands have the high byte of the CRC first, all others the low byte", () => {
  for (const name of ["passThrough", "pollForToken", "ping", "activate", "cancel"] as const) {
    const bytes = commandMessage(name, Uint8Array.of(1, 0));
    const isHighFirst = name === "passThrough" || name === "pollForToken";
    expect(COMMANDS[name].crc).toBe(isHighFirst ? "high_first" : "low_first");
    const sum = crc16(bytes.subarray(0, -2));
    const pair = [sum >>> 8, sum & 0xff];
    expect([...bytes.subarray(-2)]).toEqual(isHighFirst ? pair : pair.toReversed());
  }
});

const reply = fromHex(`${HEADER} 18 00 00 00 fa 83`);

test("every truncation of a frame is refused with neo2/no_header or neo2/too_short", () => {
  for (let length = 0; length < reply.length; length += 1) {
    const code = length < 10 ? "neo2/no_header" : "neo2/too_short";
    expect(decodeFrame(reply.slice(0, length), "high_first")).toMatchObject({ ok: false, code });
  }
});

test("every flipped bit of a frame is refused", () => {
  for (let bit = 0; bit < reply.length * 8; bit += 1) {
    const index = Math.floor(bit / 8);
    const flipped = reply.with(index, (reply[index] ?? 0) ^ (1 << (bit % 8)));
    expect(decodeFrame(flipped, "high_first").ok).toBe(false);
  }
});

test("a length beyond every frame is refused with neo2/too_long, a wrong CRC order with neo2/crc", () => {
  expect(decodeFrame(reply.with(12, 0xff), "high_first")).toEqual({
    ok: false,
    code: "neo2/too_long",
    offset: 12,
  });
  expect(decodeFrame(reply, "low_first")).toEqual({ ok: false, code: "neo2/crc", offset: 14 });
});

test("what is encoded is decoded, with any padding behind it (seed printed by fast-check)", () => {
  const bytes = fc.uint8Array({ maxLength: 600 });
  const order = fc.constantFrom("low_first" as const, "high_first" as const);
  fc.assert(
    fc.property(fc.nat(255), fc.nat(255), bytes, order, fc.nat(80), (command, second, data, crc, padding) => {
      const frame = { command, second, data };
      const encoded = encodeFrame(frame, crc);
      const padded = new Uint8Array(encoded.length + padding);
      padded.set(encoded);
      expect(decodeFrame(padded, crc)).toEqual({ ok: true, value: frame });
      expect(frameBytes(frame)).toBe(encoded.length);
    }),
  );
});

test("data that fit no frame are a Bug", () => {
  const data = new Uint8Array(FRAME_DATA_BYTES_MAX + 1);
  expect(() => encodeFrame({ command: 1, second: 1, data }, "low_first")).toThrow("fit a frame");
});

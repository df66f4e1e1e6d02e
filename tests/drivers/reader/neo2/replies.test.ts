/** Messages to events: what each reply brings, and that garbage is said to be garbage. */

import fc from "fast-check";
import { expect, test } from "vitest";
import { encodeFrame } from "../../../../drivers/reader/neo2/frame.ts";
import { readMessage } from "../../../../drivers/reader/neo2/replies.ts";
import { fromHex } from "../../../support/hex.ts";

const reply = (command: number, second: number, hex = ""): Uint8Array =>
  encodeFrame({ command, second, data: fromHex(hex) }, "high_first");

test.each([
  ["a ping", reply(0x18, 0), { kind: "none" }],
  ["a serial number", reply(0x12, 0, "3633305a30303030303100000000"), { kind: "text", text: "630Z000001" }],
  ["a firmware with line ends", reply(0x29, 0, "565033330d0a2020312e30"), { kind: "text", text: "VP33 1.0" }],
  ["a member card", reply(0x2c, 0, "0404a1b2c3d4e5f6"), { kind: "uid", uid: "04A1B2C3D4E5F6" }],
  ["no member card", reply(0x2c, 0, "00"), { kind: "uid", uid: "" }],
  ["a number longer than any card's", reply(0x2c, 0, `04${"11".repeat(11)}`), { kind: "uid", uid: "" }],
  ["a card that was detected", reply(0x02, 0x0e, "01"), { kind: "none" }],
  ["a wait that ended", reply(0x02, 0x08), { kind: "none" }],
  ["a card that failed", reply(0x02, 0x0a, "c3ffee1f0426000031"), { kind: "card", cardError: 0x26 }],
])("%s", (_, message, content) => {
  expect(readMessage(message)).toMatchObject({ kind: "reply", content });
});

test("user interface events are counted, broken ones and broken frames are garbled", () => {
  expect(readMessage(fromHex("4500550004030300 00e8dd"))).toEqual({ kind: "ui", eventCount: 1 });
  expect(readMessage(fromHex("4500550004030300 00e8de"))).toEqual({ kind: "garbled", isCrc: true });
  expect(readMessage(fromHex("45005500"))).toEqual({ kind: "garbled", isCrc: false });
  expect(readMessage(reply(0x18, 0).with(-1, 0))).toEqual({ kind: "garbled", isCrc: true });
  expect(readMessage(reply(0x02, 0x23, "c39f02"))).toEqual({ kind: "garbled", isCrc: false });
});

test("any bytes are a message of some kind (seed printed by fast-check)", () => {
  fc.assert(fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => void readMessage(bytes)));
});

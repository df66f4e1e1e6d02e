/** Messages and their bytes, both ways; what must not come out of the parser; bytes that are no message. */

import * as fc from "fast-check";
import { expect, test } from "vitest";
import { decodeApdu, encodeApdu, zvtMessage } from "../../../../drivers/reader/zvt/apdu.ts";
import type { ZvtDecoded, ZvtMessage } from "../../../../drivers/reader/zvt/apdu.ts";
import { bmpField, bmpLastFour } from "../../../../drivers/reader/zvt/bmp.ts";
import { fromHex, joinBytes, toHex } from "../../../../drivers/reader/zvt/bytes.ts";
import { ZVT_COMMANDS, rowOfCode } from "../../../../drivers/reader/zvt/commands.ts";
import { rawTlvItem, tlvItem } from "../../../../drivers/reader/zvt/tlv.ts";

/** Messages and what they are on the wire. Passwords are written, so these rows decode to an empty one. */
const GOLDENS: readonly (readonly [says: string, message: ZvtMessage, hex: string])[] = [
  ["done", zvtMessage("done"), "80 00 00"],
  ["ask again", zvtMessage("refused", [], { kind: "none" }, 0x9c), "84 9C 00"],
  [
    "eleven euros",
    zvtMessage("authorisation", [bmpField("amount", 11_000), bmpField("currency", "0978")]),
    "06 01 0A 04 00 00 00 01 10 00 49 09 78",
  ],
  [
    "a version and a status",
    zvtMessage("completion", [], { kind: "status", status: 0, version: "2.14.15" }),
    "06 0F 0B F0 F0 F7 32 2E 31 34 2E 31 35 00",
  ],
  [
    "a status alone",
    zvtMessage("completion", [], { kind: "status", status: 0x9c, version: undefined }),
    "06 0F 01 9C",
  ],
  ["an empty completion", zvtMessage("completion"), "06 0F 00"],
  [
    "a registration's completion",
    zvtMessage("completion", [
      bmpField("kind", 0),
      bmpField("terminal", "52523535"),
      bmpField("currency", "0978"),
      bmpField("tlv", [tlvItem("apdu_bytes_max", 0x0400)]),
    ]),
    "06 0F 10 19 00 29 52 52 35 35 49 09 78 06 04 1A 02 04 00",
  ],
  [
    "cancelled",
    zvtMessage("abort", [], { kind: "result", result: 0x6c, currency: undefined }),
    "06 1E 01 6C",
  ],
  [
    "wrong currency",
    zvtMessage("abort", [], { kind: "result", result: 0x6f, currency: "0978" }),
    "06 1E 03 6F 09 78",
  ],
  [
    "three minutes more",
    zvtMessage("intermediate_status", [], { kind: "intermediate", status: 0x0a, minutes: 3 }),
    "04 FF 02 0A 03",
  ],
  [
    "words for the display",
    zvtMessage(
      "intermediate_status",
      [bmpField("tlv", [tlvItem("display_texts", [tlvItem("text", "Karte"), tlvItem("text", "bitte")])])],
      { kind: "intermediate", status: 0x0a, minutes: undefined },
    ),
    "04 FF 13 0A 06 10 24 0E 07 05 4B 61 72 74 65 07 05 62 69 74 74 65",
  ],
  [
    "a printed line",
    zvtMessage("print_line", [], { kind: "print_line", attribute: 0x40, text: "Händlerbeleg" }),
    "06 D1 0D 40 48 84 6E 64 6C 65 72 62 65 6C 65 67",
  ],
  [
    "open pre-authorisations are asked for",
    zvtMessage("partial_reversal", [bmpField("receipt", "FFFF")]),
    "06 23 03 87 FF FF",
  ],
  [
    "reading a card",
    zvtMessage(
      "read_card",
      [
        bmpField("kind", 0x10),
        bmpField("dialog_control", 2),
        bmpField("tlv", [tlvItem("card_reading", "D0"), tlvItem("card_types", "07")]),
      ],
      { kind: "byte", value: 15 },
    ),
    "06 C0 0F 0F 19 10 FC 02 06 08 1F 15 01 D0 1F 60 01 07",
  ],
];

test.each(GOLDENS)("%s", (_, message, hex) => {
  expect(toHex(encodeApdu(message))).toBe(toHex(fromHex(hex)));
  expect(decoded(fromHex(hex))).toEqual({
    message,
    dropped: { tags: [], malformedCount: 0, unknown: undefined },
  });
});

test("a registration carries the recommended container, and its password does not come back", () => {
  const message = zvtMessage(
    "registration",
    [bmpField("tlv", [tlvItem("permitted_commands", [tlvItem("command", "06D3")])])],
    { kind: "registration", password: "123456", config: 0xbe, currency: "0978" },
  );
  const bytes = encodeApdu(message);
  expect(toHex(bytes)).toBe(toHex(fromHex("06 00 0E 12 34 56 BE 09 78 06 06 26 04 0A 02 06 D3")));
  const back = decoded(bytes);
  expect(back.message.lead).toMatchObject({
    kind: "registration",
    password: "",
    config: 0xbe,
    currency: "0978",
  });
  expect(toHex(bytes)).not.toContain("123456");
});

test("a status enquiry may come without a password", () => {
  expect(decoded(fromHex("05 01 00")).message).toEqual(zvtMessage("status_enquiry"));
  expect(decoded(fromHex("05 01 03 12 34 56")).message.lead).toEqual({ kind: "password", password: "" });
});

test("data of 255 bytes and more has a length of two bytes, low first", () => {
  const text = bmpField("additional_text", "x".repeat(300));
  const bytes = encodeApdu(zvtMessage("status_information", [text]));
  expect(toHex(bytes.subarray(0, 9))).toBe("040FFF30013CF3F0F0");
  expect(decoded(bytes).message.fields).toEqual([text]);
});

const PAN = "4012888888881881";
const PLANTED = zvtMessage("status_information", [
  bmpField("result", 0),
  bmpField("amount", 1_340),
  bmpField("card_number", { raw: fromHex(PAN) }),
  bmpField("track_2", { raw: fromHex(`${PAN}D25122011234567890FF`.slice(0, 36)) }),
  bmpField("track_3", { raw: fromHex(PAN) }),
  bmpField("track_1", { raw: new TextEncoder().encode(`B${PAN}^HOLDER`) }),
  bmpField("chip_data", { raw: fromHex(PAN) }),
  bmpField("card_check", { raw: fromHex("0123") }),
  bmpField("expiry", { raw: fromHex("2512") }),
  bmpField("additional_text", `Karte 4012 8888 8888 1881 genehmigt ${PAN}`),
  bmpField("tlv", [
    rawTlvItem(0x5a, fromHex(PAN)),
    rawTlvItem(0x57, fromHex(PAN)),
    rawTlvItem(0x1f47, new TextEncoder().encode(PAN)),
    tlvItem("print_texts", [tlvItem("text", `PAN ${PAN}`)]),
    tlvItem("application", [tlvItem("application_name", "VISA"), rawTlvItem(0x5a, fromHex(PAN))]),
  ]),
  bmpField("trace", "000017"),
]);

test("of a card only the last four digits come out, and the buffer is zeroed of the rest", () => {
  const bytes = encodeApdu(PLANTED);
  expect(toHex(bytes)).toContain(PAN);
  const out = decoded(bytes);
  expect(bmpLastFour(out.message.fields)).toBe("1881");
  expect(holdsPan(JSON.stringify(out))).toBe(false);
  expect(holdsPan(toHex(bytes))).toBe(false);
  expect(JSON.stringify(out)).toContain("************1881");
  expect(out.dropped.tags).toEqual([0x23, 0x24, 0x2d, 0x2e, 0x3a, 0x0e, 0x5a, 0x57, 0x1f47, 0x5a]);
  expect(out.message.fields.at(-1)).toEqual(bmpField("trace", "000017"));
});

test("a message that is cut or damaged anywhere gives no card number either", () => {
  const whole = encodeApdu(PLANTED);
  for (let length = 0; length <= whole.length; length += 1) {
    const cut = whole.slice(0, length);
    if (length > 5) cut.set([0xff, (length - 5) & 0xff, (length - 5) >> 8], 2);
    expect(holdsPan(JSON.stringify(decodeApdu(cut)))).toBe(false);
    expect(holdsPan(toHex(cut))).toBe(false);
  }
});

test("an unknown field keeps what came before it and throws the rest away", () => {
  const bytes = joinBytes([fromHex("04 0F 0B 27 00 FF 11 22 33"), fromHex("87 00 01 22 F8")]);
  const out = decoded(bytes);
  expect(out.message.fields).toEqual([bmpField("result", 0)]);
  expect(out.dropped.unknown).toEqual({ tag: 0xff, byteCount: 9 });
  expect([...bytes.subarray(5)].every((value) => value === 0)).toBe(true);
});

test("an amount that is no decimal is dropped and counted, not nought", () => {
  const out = decoded(fromHex("04 0F 09 04 00 00 00 00 1A 00 27 00"));
  expect(out.message.fields).toEqual([bmpField("result", 0)]);
  expect(out.dropped.malformedCount).toBe(1);
});

test.each([
  ["", "zvt/too_short"],
  ["04 0F", "zvt/too_short"],
  ["04 0F FF 01", "zvt/too_short"],
  ["04 0F 02 27", "zvt/wrong_length"],
  ["04 0F 02 27 00 00", "zvt/wrong_length"],
  ["09 09 00", "zvt/unknown_command"],
  ["06 1E 00", "zvt/no_lead"],
  ["06 20 02 12 34", "zvt/no_lead"],
])("%s is refused with %s", (hex, code) => {
  expect(decodeApdu(fromHex(hex))).toMatchObject({ ok: false, code });
});

test("every command of the table is found by its code, and every 84 xx is one", () => {
  for (const row of ZVT_COMMANDS) expect(rowOfCode(row.code)).toBe(row);
  for (let reason = 0; reason < 256; reason += 1) expect(rowOfCode(0x8400 + reason)?.name).toBe("refused");
});

test("100,000 random APDUs decode without throwing, and what decodes whole comes back", () => {
  const head = fc.constantFrom(...ZVT_COMMANDS.map(({ code }) => code));
  const data = fc.oneof(
    fc.uint8Array({ maxLength: 40 }),
    fc
      .array(
        fc.tuple(
          fc.constantFrom(0x04, 0x06, 0x0b, 0x19, 0x22, 0x27, 0x3c, 0x60, 0x87, 0x8b),
          fc.uint8Array({ maxLength: 12 }),
        ),
      )
      .map((parts) => joinBytes(parts.map(([tag, value]) => Uint8Array.of(tag, ...value)))),
  );
  fc.assert(
    fc.property(head, data, (code, body) => {
      const bytes = joinBytes([Uint8Array.of(code >> 8, code & 0xff, ...lengthOf(body.length)), body]);
      const result = decodeApdu(bytes.slice());
      if (!result.ok || !isWhole(result.value)) return;
      const again = decodeApdu(encodeApdu(result.value.message));
      expect(again).toEqual(result);
    }),
    { numRuns: 100_000 },
  );
});

function isWhole({ dropped }: ZvtDecoded): boolean {
  return dropped.unknown === undefined && dropped.malformedCount === 0 && dropped.tags.length === 0;
}

function lengthOf(byteCount: number): readonly number[] {
  return byteCount < 0xff ? [byteCount] : [0xff, byteCount & 0xff, byteCount >> 8];
}

/** The middle of the number, which no masked form shows. */
function holdsPan(text: string): boolean {
  return (
    text.includes(PAN.slice(0, 12)) ||
    text.includes("4012 8888") ||
    text.includes(toHex(new TextEncoder().encode(PAN)).slice(0, 20))
  );
}

function decoded(bytes: Uint8Array): ZvtDecoded {
  const result = decodeApdu(bytes);
  if (!result.ok) throw new Error(`${result.code} at ${result.offset}`);
  return result.value;
}

/** Results, prompts and slips as facts. */

import { expect, test } from "vitest";
import { zvtMessage } from "../../../../drivers/reader/zvt/apdu.ts";
import { bmpField } from "../../../../drivers/reader/zvt/bmp.ts";
import {
  SLIP_LINES_MAX,
  printedBlock,
  printedLine,
  promptOf,
  statusFacts,
} from "../../../../drivers/reader/zvt/status.ts";
import { tlvItem } from "../../../../drivers/reader/zvt/tlv.ts";
import type { TlvItem } from "../../../../drivers/reader/zvt/tlv.ts";

test("what was not sent is empty, not invented", () => {
  expect(statusFacts(zvtMessage("status_information"))).toEqual({
    result: undefined,
    amountMinor: undefined,
    currencyDigits: "",
    receipt: "",
    trace: "",
    originalTrace: "",
    terminal: "",
    card: { brand: "", lastFour: "", entry: "unknown", verification: "unknown" },
    authorisation: "",
    text: "",
    totals: undefined,
    uid: "",
  });
});

test("a host's refusal that comes as 00 is told by its own byte", () => {
  const fields = [bmpField("result", 0), bmpField("host_result", 0xa1)];
  expect(statusFacts(zvtMessage("status_information", fields)).result).toBe(0xa1);
  expect(
    statusFacts(zvtMessage("status_information", [bmpField("result", 0), bmpField("host_result", 0)])).result,
  ).toBe(0);
});

test.each([
  ["000000000000081CA72F", "081CA72F"],
  ["081CA72F000000000000", "081CA72F"],
  ["00000004A2B3C4D5E6F7", "04A2B3C4D5E6F7"],
  ["04A2B3C4D5E6F7000000", "04A2B3C4D5E6F7"],
  ["04A2B3C4D5E6F7A1B2C3", "04A2B3C4D5E6F7A1B2C3"],
  ["081CA72F", "081CA72F"],
])("the UID %s is %s", (padded, uid) => {
  const fields = [bmpField("tlv", [tlvItem("uid", padded)])];
  expect(statusFacts(zvtMessage("status_information", fields)).uid).toBe(uid);
});

test.each<[readonly TlvItem[], string, string]>([
  [[tlvItem("technology", 0), tlvItem("verification", 1)], "stripe", "signature"],
  [[tlvItem("technology", 1), tlvItem("verification", 2)], "chip", "pin"],
  [[tlvItem("technology", 2), tlvItem("verification", 0)], "contactless", "none"],
  [[tlvItem("technology", 9), tlvItem("verification", 99)], "unknown", "unknown"],
])("%o is %s with %s", (items, entry, verification) => {
  const { card } = statusFacts(zvtMessage("status_information", [bmpField("tlv", items)]));
  expect(card).toMatchObject({ entry, verification });
});

test("a brand comes by name, by application, or by its number", () => {
  const brand = (...fields: Parameters<typeof zvtMessage>[1] & object): string =>
    statusFacts(zvtMessage("status_information", fields)).card.brand;
  const application = bmpField("tlv", [tlvItem("application", [tlvItem("application_name", "girocard")])]);
  expect(brand(bmpField("card_name", "VISA "), bmpField("card_type", 6))).toBe("VISA");
  expect(brand(application, bmpField("card_type", 6))).toBe("girocard");
  expect(brand(bmpField("card_type", 6))).toBe("Mastercard");
  expect(brand(bmpField("card_type", 200))).toBe("");
});

test.each([
  [0x0a, "present_card"],
  [0x41, "enter_pin"],
  [0x0b, "remove_card"],
  [0x04, "processing"],
  [0x99, "other"],
])("intermediate status %i is %s", (status, step) => {
  const lead = { kind: "intermediate", status, minutes: undefined } as const;
  expect(promptOf(zvtMessage("intermediate_status", [], lead))).toEqual({ step, text: "" });
});

test("the terminal's own words are joined and bounded", () => {
  const texts = Array.from({ length: 20 }, () => tlvItem("text", "Karte bitte einstecken "));
  const lead = { kind: "intermediate", status: 0x0a, minutes: undefined } as const;
  const { text } = promptOf(
    zvtMessage("intermediate_status", [bmpField("tlv", [tlvItem("display_texts", texts)])], lead),
  );
  expect(text.startsWith("Karte bitte einstecken Karte bitte")).toBe(true);
  expect(text).toHaveLength(160);
});

test.each<[number, string, ReturnType<typeof printedLine>]>([
  [0x00, "plain", { lines: [{ text: "plain", isBold: false, isCentred: false }], isLast: false }],
  [0x03, "in", { lines: [{ text: "   in", isBold: false, isCentred: false }], isLast: false }],
  [0x40, "mid", { lines: [{ text: "mid", isBold: false, isCentred: true }], isLast: false }],
  [0x30, "big", { lines: [{ text: "big", isBold: true, isCentred: false }], isLast: false }],
  [0xff, "3", { lines: [{ text: "", isBold: false, isCentred: false }], isLast: false }],
  [0x80, "", { lines: [], isLast: true }],
  [0xc0, "end", { lines: [{ text: "end", isBold: false, isCentred: true }], isLast: true }],
])("line attribute %i with %s", (attribute, text, wanted) => {
  expect(printedLine(zvtMessage("print_line", [], { kind: "print_line", attribute, text }))).toEqual(wanted);
});

test("a block says whose copy it is, and an attribute is for one line", () => {
  const block = (kind: number, texts: readonly TlvItem[]): ReturnType<typeof printedBlock> =>
    printedBlock(
      zvtMessage("print_text_block", [
        bmpField("tlv", [tlvItem("receipt_kind", kind), tlvItem("print_texts", texts)]),
      ]),
    );
  expect(block(2, [tlvItem("attribute", 0x40), tlvItem("text", "A"), tlvItem("text", "B")])).toEqual({
    copy: "customer",
    lines: [
      { text: "A", isBold: false, isCentred: true },
      { text: "B", isBold: false, isCentred: false },
    ],
  });
  expect([block(1, []).copy, block(3, []).copy, block(9, []).copy]).toEqual(["merchant", "admin", "admin"]);
  const long = Array.from({ length: SLIP_LINES_MAX + 5 }, () => tlvItem("text", "x"));
  expect(block(1, long).lines).toHaveLength(SLIP_LINES_MAX);
});

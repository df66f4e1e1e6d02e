/** `tools/inspect neo2`: goldens both ways, refusals, and that no card number is printed or encoded again. */
import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { encodeFrame } from "../../../../drivers/reader/neo2/frame.ts";
import { complaintOf, dice, nextInput, seedsIn } from "../../../../tools/proof/inspect/fuzz.ts";
import { INSPECTORS } from "../../../../tools/proof/inspect/kinds.ts";
import { neo2Inspector } from "../../../../tools/proof/inspect/neo2.ts";
import { runInspect } from "../../../../tools/proof/inspect/run.ts";
import { SIM_CARDS, cardData, numberOf } from "../../../../tools/sim/neo2/cards.ts";
import { cut, replyBytes, tlv } from "../../../../tools/sim/neo2/wire.ts";
import { readerGoldens } from "../../../support/reader-goldens.ts";

const text = readFileSync(new URL("../../../golden/readers/neo2.txt", import.meta.url), "utf8");
const entries = text
  .split(/^# /m)
  .slice(1)
  .map((entry): readonly [string, string, string] => {
    const [name = "", hex = "", json = ""] = entry.split("\n");
    return [name, hex, json];
  });

function run(args: string, input: string) {
  const { out, exitCode } = runInspect(args.split(" "), new TextEncoder().encode(input));
  return { out, exitCode, item: JSON.parse(out.split("\n")[0] ?? "") as Record<string, unknown> };
}

test("the golden file is what is said today", () => {
  expect(readerGoldens().get("readers/neo2.txt")).toBe(text);
});

test.each(entries)("%s: --back gives the bytes that came, or refuses what was hidden", (_, hex, json) => {
  const said = JSON.parse(json) as {
    reports: number;
    messages: readonly { encoded?: string | null; frame: string }[];
  };
  expect(said.messages.length).toBeGreaterThan(0);
  for (const message of said.messages) {
    if (message.frame === "ui") continue;
    const { item, exitCode } = run("neo2 --back", JSON.stringify(message));
    if (message.encoded === null) {
      expect([exitCode, item["error"]]).toEqual([1, "neo2/hidden"]);
    } else {
      expect([exitCode, item["encoded"]]).toEqual([0, message.encoded]);
      if (said.reports === 0) expect(hex).toBe(message.encoded);
    }
  }
});

test.each([
  ["00", "neo2/no_message"],
  ["56", "neo2/no_header"],
  ["5669564f746563683200 18", "neo2/too_short"],
  ["5669564f746563683200 18010000b3ce", "neo2/crc"],
  ["5669564f746563683200 1801ff00b3ce", "neo2/too_long"],
  ["4500550004030300 00e8de", "neo2/crc"],
  [Buffer.from(replyBytes(2, 0x23, [0xc3, 0x9f])).toString("hex"), "neo2/tlv_cut"],
])("%s is refused with %s", (hex, error) => {
  const { item, exitCode } = run("neo2", hex);
  expect([exitCode, item["error"]]).toEqual([1, error]);
});

test.each([
  ["[]", "neo2/not_a_message"],
  ["{}", "neo2/numbers"],
  ['{"command":"02-4x"}', "neo2/numbers"],
  ['{"command":"18-01"}', "neo2/hidden"],
  ['{"command":"18-01","fields":{"values":[{"tag":"x"}]}}', "neo2/tag"],
  ['{"command":"18-01","fields":{"values":[{"tag":"9C"}]}}', "neo2/hidden"],
  [`{"command":"18-01","fields":{"hex":"${"00".repeat(5_000)}"}}`, "neo2/too_long"],
  ["nope", "input/not_json"],
])("--back of %s is refused with %s", (json, error) => {
  expect(run("neo2 --back", json).item["error"]).toBe(error);
});

test("a readable card is said to be clear, and no form of its number is printed", () => {
  for (const card of SIM_CARDS.values()) {
    const number = numberOf(card);
    for (const entry of ["tap", "swipe"] as const) {
      const data = cardData({ card, entry, amountMinor: 1, currency: "978" }, "", "clear");
      const hex = cut(replyBytes(2, 0x23, data)).map((report) => Buffer.from(report).toString("hex"));
      const { out } = run("neo2", hex.join(""));
      expect(out).toContain('"look":"clear"');
      expect(out).not.toContain(number);
      expect(out).not.toContain(Buffer.from(number).toString("hex"));
    }
    for (const tag of ["9F10", "5F20", "9F7C"]) {
      for (const value of [Buffer.from(number, "hex"), Buffer.from(number)]) {
        const bytes = replyBytes(2, 0x23, [0xc3, ...tlv(tag, value)]);
        const { out } = run("neo2", Buffer.from(bytes).toString("hex"));
        expect(out).not.toContain(value.toString("hex"));
      }
    }
    const firmware = encodeFrame(
      { command: 0x29, second: 0, data: Buffer.from(`v ${number}`) },
      "high_first",
    );
    expect(run("neo2", Buffer.from(firmware).toString("hex")).out).not.toContain(number);
  }
});

const SEED = Number(process.env["SEED"] ?? 1);

test(`20,000 mutated frames with right checks meet coded refusals only, SEED=${SEED}`, () => {
  const roll = dice(SEED);
  const own = INSPECTORS.indexOf(neo2Inspector);
  for (let index = 0; index < 20_000; index += 1) {
    const drawn = nextInput(roll, seedsIn(text)).subarray(0, 3_000);
    const [command = 0, second = 0] = drawn.subarray(10);
    const input = encodeFrame(
      { command, second, data: drawn.slice(14) },
      index % 2 === 0 ? "high_first" : "low_first",
    );
    expect(complaintOf(own, input), Buffer.from(input).toString("hex")).toBeNull();
  }
});

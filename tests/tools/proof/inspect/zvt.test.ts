/** `tools/inspect zvt`: goldens both ways, serial lines, refusals, and that no card data are printed. */
import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { encodeSerialBlock } from "../../../../drivers/reader/zvt/frame-serial.ts";
import { complaintOf, dice, nextInput, seedsIn } from "../../../../tools/proof/inspect/fuzz.ts";
import { INSPECTORS } from "../../../../tools/proof/inspect/kinds.ts";
import { runInspect } from "../../../../tools/proof/inspect/run.ts";
import { zvtInspector } from "../../../../tools/proof/inspect/zvt.ts";
import { SIM_CARDS, numberOf } from "../../../../tools/sim/neo2/cards.ts";
import { readerGoldens } from "../../../support/reader-goldens.ts";

const text = readFileSync(new URL("../../../golden/readers/zvt.txt", import.meta.url), "utf8");
const entries = text
  .split(/^# /m)
  .slice(1)
  .map((entry): readonly [string, string, string] => {
    const [name = "", hex = "", json = ""] = entry.split("\n");
    return [name, hex, json];
  });

interface Said {
  readonly frame: string;
  readonly encoded?: string | null;
  readonly items?: readonly (Said & { readonly item: string })[];
}

function run(args: string, input: string) {
  const { out, exitCode } = runInspect(args.split(" "), new TextEncoder().encode(input));
  return { out, exitCode, item: JSON.parse(out.split("\n")[0] ?? "") as Record<string, unknown> };
}

test("the golden file is what is said today", () => {
  expect(readerGoldens().get("readers/zvt.txt")).toBe(text);
});

test.each(entries)("%s: --back gives the bytes that came, on the serial line too", (_, hex, json) => {
  const said = JSON.parse(json) as Said;
  const apdus = said.items?.filter(({ item }) => item === "apdu") ?? [said];
  for (const apdu of apdus) {
    const { item } = run("zvt --back", JSON.stringify(apdu));
    if (apdu.encoded !== null && apdu.encoded !== undefined) {
      expect(item["encoded"]).toBe(apdu.encoded);
      expect(hex).toContain(said.frame === "apdu" ? apdu.encoded : String(item["serial"]));
    } else expect([item["error"], item["encoded"] === undefined]).not.toEqual([undefined, true]);
  }
});

test("a password is written when it is given, and never printed", () => {
  const { item } = run("zvt --back", '{"name":"end_of_day","lead":{"kind":"password","password":"123456"}}');
  expect(item["encoded"]).toBe("065003123456");
  expect(run("zvt", "065003123456").out).not.toContain("123456");
});

test.each([
  ["", "zvt/too_short"],
  ["0601", "zvt/too_short"],
  ["060105", "zvt/wrong_length"],
  ["777700", "zvt/unknown_command"],
  ["061e00", "zvt/no_lead"],
])("%j is refused with %s", (hex, error) => {
  expect(run("zvt", hex).item["error"]).toBe(error);
});

test("a value in a longer form than it is written in is shown, and has no way back", () => {
  const { item } = run("zvt", "040f0906071f12040000ffff");
  expect(item).toMatchObject({ name: "status_information", encoded: null });
});

test("--frame decides what bytes are, and is refused for other words", () => {
  expect(run("zvt --frame serial", "ff10028000001003f51f").item).toMatchObject({
    items: [
      { item: "garbage", bytes: 1 },
      { item: "apdu", name: "done" },
    ],
  });
  expect(run("zvt --frame apdu", "800000").item).toMatchObject({ name: "done" });
  expect(run("zvt --frame x", "800000").item["error"]).toBe("input/frame");
});

test.each([
  ["{}", "zvt/unknown_command"],
  ['{"name":"done","lead":{"kind":"x"}}', "zvt/lead"],
  ['{"name":"done","fields":[{"name":"x"}]}', "zvt/unknown_field"],
  ['{"name":"done","fields":[{"name":"track_2","value":"00"}]}', "zvt/hidden"],
  ['{"name":"done","fields":[{"name":"card_number","value":{"lastFour":"0119"}}]}', "zvt/hidden"],
  ['{"name":"done","fields":[{"name":"amount","value":-1}]}', "zvt/value"],
  ['{"name":"done","fields":[{"name":"currency","value":"EUR"}]}', "zvt/does_not_fit"],
  [
    '{"name":"done","fields":[{"name":"tlv","value":[{"name":"text","value":"a"},{"name":"x"}]}]}',
    "zvt/value",
  ],
])("--back of %s is refused with %s", (json, error) => {
  expect(run("zvt --back", json).item["error"]).toBe(error);
});

test("a card number in its field, in a track and in a text is never printed", () => {
  for (const card of SIM_CARDS.values()) {
    const number = numberOf(card);
    const packed = Buffer.from(number, "hex");
    const track = Buffer.from(`${number}d29122010000012345f`.padEnd(40, "f").slice(0, 40), "hex");
    const spaced = `${number.slice(0, 4)} ${number.slice(4, 8)} ${number.slice(8, 12)} ${number.slice(12)}`;
    const texts = [number, spaced].map((its) =>
      Uint8Array.of(0x3c, 0xf0, 0xf1, 0xf0 + (its.length % 10), ...Buffer.from(its)),
    );
    const fields = [
      Uint8Array.of(0x22, 0xf0, 0xf8, ...packed),
      Uint8Array.of(0x23, 0xf2, 0xf0, ...track),
      ...texts,
      Uint8Array.of(0x06, packed.length + 2, 0x5a, packed.length, ...packed),
    ];
    for (const field of fields) {
      const apdu = Uint8Array.of(0x04, 0x0f, field.length, ...field);
      for (const bytes of [apdu, encodeSerialBlock(apdu)]) {
        const { out } = run("zvt", Buffer.from(bytes).toString("hex"));
        expect(out).not.toContain(number);
        expect(out.replaceAll(" ", "")).not.toContain(number);
        expect(out).not.toContain(Buffer.from(number).toString("hex"));
      }
    }
  }
});

const SEED = Number(process.env["SEED"] ?? 1);

test(`20,000 mutated APDUs of a right length meet coded refusals only, SEED=${SEED}`, () => {
  const roll = dice(SEED);
  const own = INSPECTORS.indexOf(zvtInspector);
  for (let index = 0; index < 20_000; index += 1) {
    const drawn = nextInput(roll, seedsIn(text)).subarray(0, 2_000);
    const data = drawn.slice(3);
    const head = [drawn[0] ?? 0, drawn[1] ?? 0, 0xff, data.length & 0xff, data.length >>> 8];
    const apdu = Uint8Array.of(...head, ...data);
    const input = index % 2 === 0 ? apdu : encodeSerialBlock(apdu);
    expect(complaintOf(own, input), Buffer.from(input).toString("hex")).toBeNull();
  }
});

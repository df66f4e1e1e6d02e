/**
 * What `tools/inspect` says of the bytes of card readers: of each sample its name, its bytes and the line of
 * JSON. The samples are every vector of the protocols' documents and one message of each kind; none holds a
 * readable card number.
 */

import { activationData, commandMessage, tokenWaitData } from "../../drivers/reader/neo2/commands.ts";
import type { CommandName } from "../../drivers/reader/neo2/commands.ts";
import { reportsOf } from "../../drivers/reader/neo2/reports.ts";
import { runInspect } from "../../tools/proof/inspect/run.ts";
import { SIM_CARDS, cardData, failureData } from "../../tools/sim/neo2/cards.ts";
import { cut, replyBytes, tlv, uiBytes } from "../../tools/sim/neo2/wire.ts";

type Sample = readonly [name: string, bytes: Uint8Array];

const KEY_NUMBER = "62994900AB0008C00001";
const NEO2_DATA: Partial<Readonly<Record<CommandName, Uint8Array>>> = {
  pollMode: Uint8Array.of(1),
  indicate: Uint8Array.of(0, 1, 0x11),
  setConfig: Uint8Array.from(tlv("DFEE37", [1])),
  activate: activationData({ waitSeconds: 60, amountMinor: 1_340, currencyDigits: "978" }),
  passThrough: Uint8Array.of(1),
  pollForToken: tokenWaitData(500),
};
const NEO2_COMMANDS: readonly CommandName[] = [
  "ping",
  "firmware",
  "serial",
  "pollMode",
  "indicate",
  "getConfig",
  "setConfig",
  "activate",
  "cancel",
  "passThrough",
  "pollForToken",
];

function neo2Samples(): readonly Sample[] {
  const visa = SIM_CARDS.get("visa");
  if (visa === undefined) throw new Error("no such card");
  const card = { card: visa, amountMinor: 1_340, currency: "978" };
  const replies: readonly (readonly [string, Uint8Array])[] = [
    ["ping answered", replyBytes(0x18, 0)],
    ["firmware answered", replyBytes(0x29, 0, Buffer.from("VP3300 USB NEO v1.01.136\0"))],
    ["serial answered", replyBytes(0x12, 0, Buffer.from("630Z000001\0\0\0\0\0"))],
    ["configuration", replyBytes(0x03, 0, [...tlv("DFEE37", [1]), ...tlv("9F1A", [0x02, 0x76])])],
    ["card detected", replyBytes(0x02, 0x0e, [1])],
    ["nobody came", replyBytes(0x02, 0x08)],
    ["card expired", replyBytes(0x02, 0x0a, failureData(0x26))],
    [
      "tap, online requested",
      replyBytes(0x02, 0x23, cardData({ ...card, entry: "tap" }, KEY_NUMBER, "encrypted")),
    ],
    ["swipe", replyBytes(0x02, 0x00, cardData({ ...card, entry: "swipe" }, KEY_NUMBER, "encrypted"))],
    ["cancel answered", replyBytes(0x05, 0)],
    ["member card", replyBytes(0x2c, 0, [0x04, 0x04, 0xa1, 0xb2, 0xc3, 0xd4, 0xe5, 0xf6])],
  ];
  const messages: readonly Sample[] = [
    ...NEO2_COMMANDS.map((name): Sample => [name, commandMessage(name, NEO2_DATA[name])]),
    ...replies,
    [
      "three lights",
      uiBytes([
        [1, 0x30],
        [1, 0x20],
        [1, 0x10],
      ]),
    ],
  ];
  const inReports: readonly Sample[] = [
    ["activate in one report", joined(reportsOf(commandMessage("activate", NEO2_DATA.activate)))],
    ["tap in reports", joined(cut(replies[7]?.[1] ?? new Uint8Array()))],
    [
      "two messages and an orphan",
      joined([...cut(replyBytes(0x18, 0)), new Uint8Array(64).fill(4), ...cut(replyBytes(0x05, 0))]),
    ],
  ];
  return [...messages, ...inReports];
}

/** PA00P015 and PA00P016, as far as their bytes are known, and what the other side says to them. */
const ZVT_SAMPLES: readonly (readonly [name: string, hex: string])[] = [
  ["done, on the serial line", "10 02 80 00 00 10 03 F5 1F"],
  ["wait, on the serial line", "10 02 84 9C 00 10 03 C3 41"],
  ["authorisation, a doubled 10", "10 02 06 01 0A 04 00 00 00 01 10 10 00 49 09 78 10 03 F2 FF"],
  ["status enquiry", "10 02 05 01 03 12 34 56 10 03 E0 43"],
  ["completion with a version", "10 02 06 0F 0B F0 F0 F7 32 2E 31 34 2E 31 35 00 10 03 B1 11"],
  ["acknowledged, refused, cut off", "06 15 10 02 80 00"],
  ["a wrong CRC, and garbage behind it", "15 10 02 80 00 00 10 03 F5 1E 7F 7F"],
  ["authorisation, bare", "06 01 0A 04 00 00 00 01 10 00 49 09 78"],
  ["registration", "06 00 0E 12 34 56 BE 09 78 06 06 26 04 0A 02 06 D3"],
  ["intermediate status", "04 FF 01 0A"],
  [
    "result with the last four digits",
    "04 0F 1E 27 00 04 00 00 00 00 13 40 49 09 78 87 00 42 0B 00 01 23 22 F0 F8 EE EE EE EE EE EE 01 19",
  ],
  ["abort: cancelled", "06 1E 01 6C"],
  ["refused: printer not ready", "84 CC 00"],
  ["print line", "06 D1 08 40 54 45 53 54 20 41 42"],
  ["text block", "06 D3 0A 06 08 25 06 07 04 54 45 53 54"],
  ["reversal", "06 30 06 00 00 00 87 00 42"],
  ["repeat receipt", "06 20 05 00 00 00 03 03"],
  ["end of day", "06 50 03 00 00 00"],
  ["read card", "06 C0 01 1E"],
];

/** File name below tests/golden/ to content. */
export function readerGoldens(): ReadonlyMap<string, string> {
  const zvt = ZVT_SAMPLES.map(([name, hex]): Sample => [name, Buffer.from(hex.replaceAll(" ", ""), "hex")]);
  return new Map([
    ["readers/neo2.txt", textOf("neo2", neo2Samples())],
    ["readers/zvt.txt", textOf("zvt", zvt)],
  ]);
}

function textOf(kind: string, samples: readonly Sample[]): string {
  return samples
    .map(([name, bytes]) => {
      const hex = Buffer.from(bytes).toString("hex");
      return `# ${name}\n${hex}\n${runInspect([kind], Buffer.from(hex)).out}`;
    })
    .join("");
}

function joined(reports: readonly Uint8Array[]): Uint8Array {
  return Uint8Array.from(reports.flatMap((report) => [...report]));
}

/** The command line of tools/inspect: items, refusals, exit codes, and a golden of each kind. */
import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { complaintOf, dice, nextInput, seedsIn } from "../../../../tools/proof/inspect/fuzz.ts";
import { INSPECTORS } from "../../../../tools/proof/inspect/kinds.ts";
import { runInspect } from "../../../../tools/proof/inspect/run.ts";

function run(args: string, input: string | Uint8Array = "") {
  const { out, err, exitCode } = runInspect(
    args.split(" ").filter((word) => word !== ""),
    typeof input === "string" ? new TextEncoder().encode(input) : input,
  );
  const items = out.startsWith("{")
    ? out
        .trimEnd()
        .split("\n")
        .map((line): unknown => JSON.parse(line))
    : [];
  return { out, err, exitCode, items };
}

function golden(name: string): readonly string[] {
  const text = readFileSync(new URL(`../../../golden/${name}`, import.meta.url), "utf8");
  return text.split("\n").filter((line) => /^[0-9a-f]+$/.test(line));
}

const messages = golden("messages.txt");
const KEY = "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a";
const LINK = `--key ${KEY} --tenant cafe --terminal till-1`;

test("--help and no argument list every kind and end well", () => {
  for (const args of ["", "--help", "cbor --help"]) {
    const { out, exitCode } = run(args);
    expect(exitCode).toBe(0);
    for (const { name } of INSPECTORS) expect(out).toContain(`  ${name}`);
  }
});

test.each([
  ["nope", "There is no kind"],
  ["cbor --nope", "Unknown option"],
  ["cbor extra", "Unexpected argument"],
])("%j is a wrong command line: exit 2, a sentence on stderr, nothing on stdout", (args, sentence) => {
  expect(run(args)).toMatchObject({ exitCode: 2, out: "" });
  expect(run(args).err).toContain(sentence);
});

test.each([
  ["00", "0"],
  ["3863", "-100"],
  ["1bffffffffffffffff", "18446744073709551615"],
  ["43010203", "h'010203'"],
  ["62c3bc", '"ü"'],
  ["83f5f4f6", "[true, false, null]"],
  ["a201020304", "{1: 2, 3: 4}"],
  ["d28101", "18([1])"],
])("cbor %s is %s and encodes to itself", (hex, diagnostic) => {
  const { items, exitCode } = run("cbor", ` ${hex}\n`);
  expect(exitCode).toBe(0);
  expect(items).toEqual([{ kind: "cbor", bytes: hex.length / 2, diagnostic, encoded: hex }]);
});

test.each([
  ["1800", "cbor/head_not_shortest", 0],
  ["f90000", "cbor/float", 0],
  ["0001", "cbor/trailing_bytes", 1],
  ["8301", "cbor/truncated", 0],
  ["0x1", "input/not_hex", 1],
  ["012", "input/odd_hex", 3],
])("cbor %s is refused with %s at %i", (hex, error, offset) => {
  const { items, exitCode } = run("cbor", hex);
  expect(exitCode).toBe(1);
  expect(items).toMatchObject([{ error, offset }]);
});

test("with --lines each item is a line, and a refused one stands in its place", () => {
  const { items, exitCode } = run("cbor --lines", "01\r\n\nff\n02");
  expect(exitCode).toBe(1);
  expect(items).toMatchObject([{ diagnostic: "1" }, { error: expect.any(String) }, { diagnostic: "2" }]);
});

test("with --raw the bytes are the input", () => {
  expect(run("cbor --raw", Uint8Array.of(0x82, 1, 2)).items).toMatchObject([{ diagnostic: "[1, 2]" }]);
});

test("every golden message is read, and its signature is right for its link alone", () => {
  const { items, exitCode } = run(`cose --lines ${LINK}`, messages.join("\n"));
  expect(exitCode).toBe(0);
  expect(items).toHaveLength(messages.length);
  for (const item of items) expect(item).toMatchObject({ kind: "cose", verified: true });
  const other = run(`cose --key ${KEY} --tenant cafe --terminal till-2`, messages[0]);
  expect(other.items).toMatchObject([{ verified: false }]);
  expect(run("cose", messages[0]).items).toMatchObject([{ verified: null }]);
});

test.each([
  ["cose --key 00", "key/length"],
  [`cose --key ${"00".repeat(32)}`, "key/low_order"],
  ["cose --key xx", "input/not_hex"],
  [`cose --key ${KEY} --tenant cafe`, "input/link"],
])("%s is refused with %s", (args, error) => {
  expect(run(args, messages[0]).items).toMatchObject([{ error }]);
});

test("a batch is shown with its chain and records, signed or as its payload", () => {
  const signed = messages.find((line) => line.includes(Buffer.from("tillwright/batch").toString("hex")));
  const [batch] = run(`batch ${LINK}`, signed).items;
  expect(batch).toMatchObject({
    kind: "batch",
    isSigned: true,
    verified: true,
    tenant: "cafe",
    store: "harbour",
    terminal: "till-1",
    fromSeq: 7,
    toSeq: 9,
    blocks: [
      { fromSeq: 7, records: [{ seq: 7, event: { type: "order_opened" } }, { seq: 8 }] },
      { fromSeq: 9 },
    ],
  });
  const [cose] = run("cose", signed).items;
  const payload = JSON.stringify(cose).match(/"payload":"([0-9a-f]+)"/)?.[1] ?? "";
  expect(run("batch", payload).items).toMatchObject([{ isSigned: false, verified: null, toSeq: 9 }]);
  expect(run("batch", payload.replace(/..$/, "")).items).toMatchObject([{ error: "cbor/truncated" }]);
});

test("a segment of the golden journal is shown block by block, chained to its end", () => {
  const text = readFileSync(new URL("../../../golden/journal/0.1.0.txt", import.meta.url), "utf8");
  const [, segment = ""] = text.split(/^file journal\/\S+ \d+$/m);
  const hex = segment
    .split("\n")
    .filter((line) => /^[0-9a-f]+$/.test(line))
    .join("");
  const [journal] = run("journal", hex + "00".repeat(512)).items;
  const shown = JSON.stringify(journal);
  expect(journal).toMatchObject({ kind: "journal", header: { terminal: "till-1" }, end: { reason: "zero" } });
  expect(shown).toContain('"type":"check_closed"');
  expect(shown).not.toContain('"isChained":false');
  // One flipped bit in the last block: everything before it is shown, and where it ends is said.
  const flipped = `${hex.slice(0, -2)}${(Number.parseInt(hex.slice(-2), 16) ^ 1).toString(16).padStart(2, "0")}`;
  expect(run("journal", flipped + "00".repeat(512)).items).toMatchObject([{ end: { reason: "block/crc" } }]);
  expect(run("journal", "00".repeat(2000)).items).toMatchObject([{ error: "segment/damaged" }]);
});

test("a receipt is shown as styled lines with every byte accounted for", () => {
  const { items } = run("escpos --columns 32", "1b40 1b6101 1d2111 1b4501 48690a 1b70003232 7f 1d5600");
  expect(items).toMatchObject([
    {
      kind: "escpos",
      drawerPulses: 1,
      bytes: { total: 23, garbage: 1, unaccounted: 0 },
      receipts: [
        {
          endedBy: "cut",
          lines: [{ align: "center", runs: [{ text: "Hi", bold: true, width: 2, height: 2 }] }],
        },
      ],
    },
  ]);
  expect(run("escpos --columns 0", "41").items).toMatchObject([{ error: "input/columns" }]);
});

test.each([
  ["4006381333931", { symbology: "EAN-13", gtin: "04006381333931" }],
  ["96385074", { symbology: "EAN-8", gtin: "00000096385074" }],
  ["036000291452", { symbology: "UPC-A", gtin: "00036000291452" }],
  ["]C10104006381333931310300015515TEST".slice(0, 29), { symbology: "GS1 element string" }],
  ["https://id.gs1.org/01/09506000134352", { symbology: "GS1 Digital Link", gtin: "09506000134352" }],
  ["134567890123456789", { means: "payment_code", scheme: "wechat" }],
])("barcode %s is %j", (code, meaning) => {
  expect(run("barcode --raw", `${code}\n`).items).toMatchObject([meaning]);
});

test("a scale's code gives its weight, and another pattern its price", () => {
  const withDigit = (digits: string): string => {
    const sum = Array.from(digits).reduce(
      (total, digit, index) => total + Number(digit) * (index % 2 === 0 ? 1 : 3),
      0,
    );
    return `${digits}${(10 - (sum % 10)) % 10}`;
  };
  const code = withDigit("211234500755");
  expect(run("barcode --raw", code).items).toMatchObject([
    { means: "item", isVariableMeasure: true, sku: "12345", quantityMilli: 755, priceMinor: null },
  ]);
  expect(run("barcode --raw --measure 2[0-9]IIIIIPPPPPC", code).items).toMatchObject([
    { quantityMilli: null, priceMinor: 755 },
  ]);
  expect(run("barcode --raw --measure 2[", code).items).toMatchObject([{ error: "scan/pattern" }]);
});

test.each([
  ["", "scan/empty"],
  ["4006381333932", "scan/check_digit"],
  ["\u0007\u0001", "scan/noise"],
  ["4006381333931".repeat(400), "scan/too_long"],
])("barcode %j is refused with %s", (code, error) => {
  expect(run("barcode --raw", code).items).toMatchObject([{ error }]);
});

test("no digit of a payment code is repeated", () => {
  expect(run("barcode --raw", "134567890123456789").out).not.toMatch(/\d{4}/);
});

const RFC_8032_TEST_1 = {
  public: KEY,
  message: "",
  signature:
    "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b",
};

test.each([
  [{}, { valid: true, reason: null }],
  [{ message: "00" }, { valid: false, reason: "signature/wrong" }],
  [{ signature: "00" }, { valid: false, reason: "signature/length" }],
  [{ public: "00" }, { valid: false, reason: "key/length" }],
  [{ public: `01${"00".repeat(31)}` }, { valid: false, reason: "key/low_order" }],
  [{ message: 5 }, { error: "input/field_missing" }],
  [{ message: "0g" }, { error: "input/not_hex" }],
])("ed25519 of RFC 8032's first test with %j says %j", (changes, said) => {
  const { items } = run("ed25519", JSON.stringify({ ...RFC_8032_TEST_1, ...changes }));
  expect(items).toMatchObject([said]);
});

test("what is no JSON is refused, line by line", () => {
  const { items, exitCode } = run("ed25519", `nope\n${JSON.stringify(RFC_8032_TEST_1)}\n[]`);
  expect(exitCode).toBe(1);
  expect(items).toMatchObject([{ error: "input/not_json" }, { valid: true }, { error: "input/not_object" }]);
});

const SEED = Number(process.env["SEED"] ?? Math.floor(performance.timeOrigin) % 2 ** 31);

test(`5000 random and mutated inputs of every kind meet coded refusals only, SEED=${SEED}`, () => {
  const seeds = [...golden("events.txt"), ...messages].flatMap((line) => seedsIn(line));
  const roll = dice(SEED);
  for (let index = 0; index < 5000 * INSPECTORS.length; index += 1) {
    const input = nextInput(roll, seeds);
    expect(complaintOf(index, input), Buffer.from(input).toString("hex")).toBeNull();
  }
});

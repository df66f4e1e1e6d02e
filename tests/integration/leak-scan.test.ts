/**
 * The leak scanner from its command line: every planted number is found in every writing, article numbers
 * are let through by their name alone, and a card payment leaves nothing behind, its memory included.
 */

import { spawn } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { afterAll, expect, test } from "vitest";
import { PROJECT_ROOT } from "../../tools/build/root.ts";
import { PLANTED } from "../../tools/proof/leak/files.ts";
import { Acquirer, memoryLedgerStore } from "../../tools/sim/reader/acquirer.ts";
import { CARDS } from "../../tools/sim/reader/cards.ts";
import { memoryTransactionStore } from "../../tools/sim/reader/nexo/memory.ts";
import { startNexoTerminal } from "../../tools/sim/reader/nexo/server.ts";
import { KEY, NexoWorld, POI_ID, taps } from "../support/nexo-world.ts";

const directory = mkdtempSync(join(tmpdir(), "leak-scan-"));
const planted = join(directory, "planted");
mkdirSync(planted);
afterAll(() => {
  writeFileSync(join(directory, PLANTED), "");
  rmSync(directory, { recursive: true });
});

interface Ran {
  readonly exitCode: number | null;
  readonly lines: readonly Record<string, unknown>[];
  readonly err: string;
}

function run(script: string, ...args: readonly string[]): Promise<Ran> {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, [join(PROJECT_ROOT, script), ...args], {
      stdio: ["ignore", "pipe", "pipe"],
    });
    let out = "";
    let err = "";
    child.stdout.on("data", (bytes: Buffer) => (out += bytes.toString()));
    child.stderr.on("data", (bytes: Buffer) => (err += bytes.toString()));
    child.on("close", (exitCode) => {
      const lines = out
        .split("\n")
        .flatMap((line) => (line.startsWith("{") ? [JSON.parse(line) as Record<string, unknown>] : []));
      resolve({ exitCode, lines, err });
    });
  });
}
const scan = (...args: readonly string[]): Promise<Ran> => run("tools/proof/leak/main.ts", ...args);

/** A number in every writing that is looked for. */
const WRITINGS: Readonly<Record<string, (pan: string) => Uint8Array>> = {
  "ascii.log": (pan) => Buffer.from(`paid with ${pan}, thank you`),
  "grouped.txt": (pan) => Buffer.from(`card ${pan.replaceAll(/(.{4})(?=.)/g, "$1 ")} ok`),
  "field.json": (pan) => Buffer.from(JSON.stringify({ reference: pan })),
  "number.json": (pan) => Buffer.from(`{"reference":${pan}}`),
  "track.txt": (pan) => Buffer.from(`;${pan}=29122011000000000000?`),
  "utf16le.bin": (pan) => Buffer.from(`No ${pan}.`, "utf16le"),
  "utf16be.bin": (pan) => Buffer.from(`No ${pan}.`, "utf16le").swap16(),
  "hex.txt": (pan) => Buffer.from(`bytes ${Buffer.from(pan).toString("hex")} end`),
  "hexdump.txt": (pan) => Buffer.from(Buffer.from(pan).toString("hex").replaceAll(/(..)/g, "$1 ")),
  "bcd-in-hex.txt": (pan) =>
    Buffer.from(
      `apdu 060f0a22f${bcd(pan).length > 9 ? 1 : 0}f${bcd(pan).length % 10}${pan.padEnd(20, "f")}27 end`,
    ),
  "base64-0.txt": (pan) => Buffer.from(Buffer.from(`${pan}.`).toString("base64")),
  "base64-1.txt": (pan) => Buffer.from(Buffer.from(`x${pan}.`).toString("base64")),
  "base64-2.txt": (pan) => Buffer.from(Buffer.from(`xy${pan}.`).toString("base64url")),
  "base64-utf16.txt": (pan) => Buffer.from(Buffer.from(pan, "utf16le").toString("base64")),
  "bcd-zvt.bin": (pan) =>
    Buffer.concat([
      Buffer.from([0x04, 0x0f, 0x22, bcd(pan).length > 9 ? 0xf1 : 0xf0, 0xf0 + (bcd(pan).length % 10)]),
      bcd(pan),
      Buffer.from([0x27, 0]),
    ]),
  "bcd-emv.bin": (pan) =>
    Buffer.concat([Buffer.from([0x9f, 0x02, 0x5a, bcd(pan).length]), bcd(pan), Buffer.from([0x5f])]),
  "bcd-track2.bin": (pan) =>
    Buffer.concat([Buffer.from([0x57, 0x13]), bcd(`${pan}d29122011`), Buffer.from([0])]),
  "bcd-alone.bin": (pan) => Buffer.concat([Buffer.from([1, 2, 3]), bcd(pan), Buffer.from([4])]),
  "bcd-half.bin": (pan) => Buffer.concat([Buffer.from([1, 2]), bcd(`e${pan}`), Buffer.from([4])]),
  "packed.log.gz": (pan) => gzipSync(`paid with ${pan}`),
  "page.svg": (pan) => Buffer.from(`<svg><text>${pan.slice(0, 4)}</text><text>${pan.slice(4)}</text></svg>`),
};

function bcd(digits: string): Buffer {
  return Buffer.from(digits.length % 2 === 0 ? digits : `${digits}f`, "hex");
}

test("every number is found in every writing, and no find repeats it", async () => {
  for (const { key, pan } of CARDS)
    for (const [name, write] of Object.entries(WRITINGS))
      writeFileSync(join(planted, `${key}-${name}`), write(pan));
  const { exitCode, lines } = await scan(planted, "--report", join(directory, "report.json"));
  expect(exitCode).toBe(1);
  const finds = lines.filter(({ path }) => path !== undefined);
  const found = new Set(finds.map(({ path }) => String(path).replace(`${planted}/`, "")));
  // Zeros packed in bytes are found where something announces them, and not alone.
  const expected = CARDS.flatMap(({ key, pan }) =>
    Object.keys(WRITINGS)
      .filter((name) => pan.replaceAll(/[^0]/g, "").length <= 8 || !/bcd-(alone|half)/.test(name))
      .map((name) => `${key}-${name}`),
  );
  expect([...found].toSorted()).toEqual(expected.toSorted());
  const told = JSON.stringify(lines) + readFileSync(join(directory, "report.json"), "utf8");
  for (const { pan } of CARDS) expect(told).not.toContain(pan);
});

test("article numbers are let through by the name of their field, and by nothing else", async () => {
  const folder = join(directory, "articles");
  mkdirSync(folder);
  // An EAN-13 that passes Luhn's check and begins like a Visa of 13 digits.
  const ean = "4006381333934";
  const luhn = "4000000000006";
  expect(ean).toHaveLength(luhn.length);
  const write = (name: string, text: string): void => writeFileSync(join(folder, name), text);
  write("named.json", JSON.stringify({ sku: luhn, item: { GTIN: luhn, barcodes: ["1", luhn] } }));
  write("table.csv", `sku,name,price\n"${luhn}","a, b",100\n${luhn},c,200\n`);
  write("line.log", `added sku=${luhn} quantity=1`);
  write("page.xml", `<item><ean>${luhn}</ean></item>`);
  write("fraction.json", JSON.stringify({ share: 0.4111111111111111, ms: 53.555555555555 }));
  expect(await scan(folder)).toMatchObject({ exitCode: 0, lines: [{ files: 5, finds: 0 }] });
  write("other.json", JSON.stringify({ reference: luhn }));
  expect((await scan(folder)).lines[0]).toMatchObject({
    encoding: "ascii",
    name: "reference",
    lastFour: "0006",
  });
  expect((await scan(folder, "--exempt", "reference")).exitCode).toBe(0);
});

test("a wrong command line exits with 2, --help with 0, and a planted folder is passed by", async () => {
  expect((await scan()).exitCode).toBe(2);
  expect((await scan(join(directory, "nothing-there"))).exitCode).toBe(2);
  expect((await scan("--nope", directory)).exitCode).toBe(2);
  expect((await scan("--help")).exitCode).toBe(0);
  writeFileSync(join(planted, PLANTED), "");
  expect(await scan(planted)).toMatchObject({ exitCode: 0, lines: [{ files: 0, finds: 0 }] });
});

test("what tests collected is summed, finds and unreadable lines are red", async () => {
  const folder = join(directory, "collected");
  mkdirSync(folder);
  const line = { source: "x", fileCount: 2, scannedBytes: 10, skipped: [], finds: [] };
  writeFileSync(join(folder, "1.jsonl"), `${JSON.stringify(line)}\n${JSON.stringify(line)}\n`);
  expect(await scan("--collected", folder)).toMatchObject({ exitCode: 0, lines: [{ files: 4, bytes: 20 }] });
  writeFileSync(join(folder, "2.jsonl"), "torn");
  expect(await scan("--collected", folder)).toMatchObject({ exitCode: 1, lines: [{ skipped: 1 }] });
});

test("with the allow-list a payment leaves no number; what the terminal sent, kept as it came, is full of them", async () => {
  const world = new NexoWorld({ isPlain: true });
  await world.run();
  const kept = { results: world.desk.results, slips: world.desk.slips, state: world.reader.state() };
  const folder = join(directory, "payment");
  mkdirSync(folder);
  writeFileSync(join(folder, "kept.json"), JSON.stringify(kept));
  expect(await scan(folder)).toMatchObject({ exitCode: 0 });
  writeFileSync(join(folder, "sent.json"), world.sent.join("\n"));
  const { exitCode, lines } = await scan(folder);
  expect(exitCode).toBe(1);
  const names = lines.map(({ name }) => name);
  expect(names).toEqual(
    expect.arrayContaining(["MaskedPan", "PAN", "TrackValue", "EnvelopedData", "TokenValue"]),
  );
});

test("one second after a payment the memory of the process that took it holds no card number", async ({
  skip,
}) => {
  if (!existsSync("/proc/self/mem")) skip("no /proc/self/mem here: a process cannot read its memory");
  const virtual = await startNexoTerminal({
    poiId: POI_ID,
    key: KEY,
    acquirer: new Acquirer(memoryLedgerStore()),
    store: memoryTransactionStore(),
    holder: taps("girocard"),
    exponentOf: () => 2,
    nowIso: () => "2026-11-22T16:00:00.000Z",
  });
  const folder = join(directory, "memory");
  mkdirSync(folder);
  // Memory is full of digits that are nobody's card: it is searched for one number here, by hand.
  writeFileSync(join(folder, PLANTED), "");
  const path = join(folder, "memory.bin");
  const { exitCode, lines } = await run(
    "tests/support/nexo-payer.ts",
    String(virtual.port),
    virtual.fingerprint256,
    path,
  );
  await virtual.close();
  expect(exitCode).toBe(0);
  expect(lines[0]).toMatchObject({ end: { kind: "captured" } });
  expect(lines[0]?.["dumpedBytes"]).toBeGreaterThan(10 * 1024 * 1024);
  const pan = CARDS.find(({ key }) => key === "girocard")?.pan ?? "";
  const memory = readFileSync(path);
  const writings = [
    Buffer.from(pan),
    Buffer.from(pan.slice(0, 13)),
    Buffer.from(`${pan.slice(0, 4)} ${pan.slice(4, 8)}`),
    Buffer.from(`${pan.slice(0, 4)}+${pan.slice(4, 8)}`),
    Buffer.from(pan, "utf16le"),
    Buffer.from(Buffer.from(pan).toString("hex")),
    bcd(pan).subarray(0, 9),
  ];
  expect(writings.filter((writing) => memory.includes(writing)).map(String)).toEqual([]);
  // The dump is of that process: it holds what was told of the payment.
  expect(memory.includes("0001X0001")).toBe(true);
  rmSync(folder, { recursive: true });
});

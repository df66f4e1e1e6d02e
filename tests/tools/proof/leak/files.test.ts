/** Folders and files of every kind, piece by piece. */

import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { afterAll, expect, test } from "vitest";
import { joined, NOTHING, PLANTED, scanPath } from "../../../../tools/proof/leak/files.ts";

const directory = mkdtempSync(join(tmpdir(), "leak-files-"));
writeFileSync(join(directory, PLANTED), "");
afterAll(() => rmSync(directory, { recursive: true }));
const PAN = "5555555555554444";

function folder(name: string, files: Readonly<Record<string, string | Uint8Array>>): string {
  const path = join(directory, name);
  mkdirSync(path);
  for (const [file, content] of Object.entries(files)) writeFileSync(join(path, file), content);
  return path;
}

test("a number at the seam of two pieces is found once, and zeros are passed by", () => {
  const bytes = new Uint8Array(9 * 1024 * 1024);
  bytes.set(Buffer.from(` ${PAN} `), 4 * 1024 * 1024 - 8);
  const report = scanPath(folder("seam", { "big.bin": bytes }));
  expect(report).toMatchObject({ fileCount: 1, scannedBytes: bytes.length, skipped: [] });
  expect(report.finds.map(({ offset }) => offset)).toEqual([4 * 1024 * 1024 - 7]);
});

test("gzip is unpacked, a table in it has its columns, and what is no gzip was not looked at", () => {
  const path = folder("packed", {
    "a.csv.gz": gzipSync(`sku,note\n${PAN},x\n1,${PAN}\n`),
    "b.gz": "no gzip",
  });
  const report = scanPath(path);
  expect(report.finds.map(({ name, path: file }) => [name, file])).toEqual([
    ["note", join(path, "a.csv.gz")],
  ]);
  expect(report.skipped).toEqual([join(path, "b.gz")]);
});

test("a program is not looked into, a core dump is", () => {
  const elf = (type: number): Uint8Array =>
    Buffer.concat([
      Buffer.from([0x7f, 0x45, 0x4c, 0x46]),
      Buffer.alloc(12),
      Buffer.from([type, 0]),
      Buffer.from(` ${PAN} `),
    ]);
  const report = scanPath(folder("elf", { program: elf(3), core: elf(4) }));
  expect(report.finds.map(({ path }) => path)).toEqual([join(directory, "elf/core")]);
});

test("links are not followed, a missing path is nothing, a planted folder is passed by", () => {
  const path = folder("links", {});
  symlinkSync(folder("target", { "a.txt": PAN }), join(path, "link"));
  expect(scanPath(path)).toEqual(NOTHING);
  expect(scanPath(join(directory, "missing"))).toEqual(NOTHING);
  expect(scanPath(directory)).toEqual(NOTHING);
});

test("reports add up", () => {
  const one = { fileCount: 1, scannedBytes: 2, skipped: ["a"], finds: [] };
  expect(joined(one, one)).toEqual({ fileCount: 2, scannedBytes: 4, skipped: ["a", "a"], finds: [] });
});

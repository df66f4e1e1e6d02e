/** Files into one archive and out again; what is damaged, cut or too clever is refused. */
import { execFileSync } from "node:child_process";
import { gunzipSync, gzipSync } from "node:zlib";
import { expect, test } from "vitest";
import { archiveOf, filesIn } from "../../../tools/support/archive.ts";

const FILES = [
  { path: "manifest.json", bytes: new TextEncoder().encode("{}") },
  { path: "logs/log-1.jsonl", bytes: new Uint8Array(1300).fill(65) },
  { path: "empty", bytes: new Uint8Array(0) },
];

test("what goes in comes out, and the same files make the same bytes", () => {
  const archive = archiveOf(FILES);
  expect([...filesIn(archive)].map(([path, bytes]) => [path, [...bytes]])).toEqual(
    FILES.map(({ path, bytes }) => [path, [...bytes]]),
  );
  expect(Buffer.compare(archive, archiveOf(FILES))).toBe(0);
});

test("the machine's own tar lists it", ({ skip }) => {
  let listed = "";
  try {
    listed = execFileSync("tar", ["-tzf", "-"], { input: archiveOf(FILES) }).toString();
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") skip("this machine has no tar");
    throw error;
  }
  expect(listed.trim().split("\n")).toEqual(FILES.map(({ path }) => path));
});

test.each(["../secret", "/etc/passwd", "a//b", ".hidden", "", "x".repeat(101)])(
  "a path like %j is not archived: support/arguments",
  (path) => {
    expect(() => archiveOf([{ path, bytes: new Uint8Array(1) }])).toThrow("support/arguments");
  },
);

test("every flipped byte of a header, and every cut, is support/unreadable", () => {
  const open = new Uint8Array(gunzipSync(archiveOf(FILES)));
  for (let index = 0; index < 512; index += 1) {
    const flipped = open.slice();
    flipped[index] = (flipped[index] ?? 0) ^ 0x41;
    expect(() => filesIn(new Uint8Array(gzipSync(flipped))), `byte ${index}`).toThrow("support/unreadable");
  }
  for (const length of [0, 100, 512, 1024]) {
    expect(() => filesIn(new Uint8Array(gzipSync(open.subarray(0, length))))).toThrow("support/unreadable");
  }
  expect(() => filesIn(Uint8Array.of(1, 2, 3))).toThrow("support/unreadable");
});

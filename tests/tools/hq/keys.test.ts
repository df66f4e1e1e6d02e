/** Keys by file: registered, taken away, damaged; and headquarters' own, which is made once. */
import { mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, expect, test } from "vitest";
import {
  headquartersKey,
  readTerminalKey,
  readWriterKey,
  registerTerminal,
  terminalKeyPath,
} from "../../../tools/hq/keys.ts";
import { linkOf, signerOf } from "../../support/hq-history.ts";

const folder = mkdtempSync(join(tmpdir(), "hq-keys-"));
afterAll(() => rmSync(folder, { recursive: true }));

test("a registered key is read back, and a terminal without a file is unknown", async () => {
  const { publicKey } = signerOf("t1");
  registerTerminal(folder, linkOf("t1"), publicKey);
  expect(readFileSync(join(folder, "terminals/demo/t1.pub"), "utf8")).toBe(
    `${Buffer.from(publicKey).toString("hex")}\n`,
  );
  expect(await readTerminalKey(folder, linkOf("t1"))).toMatchObject({
    kind: "known",
    verifier: { publicKey },
  });
  expect(await readTerminalKey(folder, linkOf("t2"))).toEqual({ kind: "unknown" });
});

test("nobody connects under headquarters' own name, whose batches are checked by its own key", async () => {
  const own = join(folder, "own");
  const { signer } = headquartersKey(own);
  registerTerminal(own, linkOf("HQ"), signerOf("t1").publicKey);
  expect(await readTerminalKey(own, linkOf("HQ"))).toEqual({ kind: "unknown" });
  const { publicKey } = signer;
  expect(await readWriterKey(own, linkOf("HQ"))).toMatchObject({ kind: "known", verifier: { publicKey } });
  expect(await readWriterKey(own, linkOf("t1"))).toEqual({ kind: "unknown" });
});

test.each([
  ["", "key/not_hex"],
  ["zz", "key/not_hex"],
  ["A".repeat(64), "key/not_hex"],
  [`${"0".repeat(63)}\n`, "key/not_hex"],
  [`${"0".repeat(64)}\n`, "key/low_order"],
  [`${"f".repeat(64)}\n`, "key/not_canonical"],
])("a key file of %j is unreadable with %s", async (text, code) => {
  const link = linkOf("t3");
  const path = terminalKeyPath(folder, link);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text);
  expect(await readTerminalKey(folder, link)).toEqual({ kind: "unreadable", code });
});

test("a key that is a folder is unreadable with key/file", async () => {
  mkdirSync(terminalKeyPath(folder, linkOf("t4")), { recursive: true });
  expect(await readTerminalKey(folder, linkOf("t4"))).toEqual({ kind: "unreadable", code: "key/file" });
});

test("headquarters' key is made once, private, and stays the same", () => {
  const own = join(folder, "own");
  const first = headquartersKey(own);
  expect(statSync(join(own, "hq.key")).mode & 0o777).toBe(0o600);
  const second = headquartersKey(own);
  expect(second.signer.publicKey).toEqual(first.signer.publicKey);
  expect(readFileSync(join(own, "hq.pub"), "utf8").trim()).toBe(
    Buffer.from(first.signer.publicKey).toString("hex"),
  );
});

test("a damaged key of headquarters is hq/key_unreadable and is not replaced", () => {
  const own = join(folder, "damaged");
  mkdirSync(own);
  writeFileSync(join(own, "hq.key"), "half a k");
  expect(() => headquartersKey(own)).toThrow("hq/key_unreadable");
  expect(readFileSync(join(own, "hq.key"), "utf8")).toBe("half a k");
});

/** The registry of readers: names once, a link for each, and the page that people read is made of it. */

import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { createMemoryHid } from "../../../drivers/port/hid.ts";
import { READER_ROWS, readerRow } from "../../../drivers/reader/registry.ts";
import { ManualTimers } from "../../support/manual-timers.ts";
import { readersPage } from "../../support/readers-page.ts";

const timers = new ManualTimers();
const parts = { timers, password: "000000", currency: "EUR" };

test("docs/READERS.md is made from the registry of today: make golden writes it", () => {
  expect(readFileSync("docs/READERS.md", "utf8")).toBe(readersPage());
});

test("a model's name stands once, with a way to connect it; others are unknown", () => {
  const models = READER_ROWS.map(({ model }) => model);
  expect(new Set(models).size).toBe(models.length);
  expect(READER_ROWS.every(({ links }) => links.length > 0)).toBe(true);
  expect(readerRow("abacus")).toBeUndefined();
});

test("a NEO 2 is made on a HID port, promises what its row says, and refuses payments without a gateway", async () => {
  const row = readerRow("neo2");
  const reader = row?.make({ ...parts, link: { kind: "hid", openHid: () => createMemoryHid().port } });
  expect(reader?.capabilities).toEqual(row?.capabilities);
  expect(await reader?.ready()).toEqual({ ok: false, code: "reader/host_unreachable" });
  reader?.close();
});

test("a link that a model does not have is a Bug", () => {
  for (const row of READER_ROWS) {
    if (row.links.includes("hid")) continue;
    const link = { kind: "hid", openHid: () => createMemoryHid().port } as const;
    expect(() => row.make({ ...parts, link })).toThrow("one of its links");
  }
});

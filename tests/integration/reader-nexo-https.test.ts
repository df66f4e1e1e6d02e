/**
 * The nexo driver, the HTTPS client that ships and a real HTTPS server with a certificate of its own:
 * what is pinned, what counts as sent, and what the acquirer holds after every cut.
 */

import { mkdtempSync, rmSync } from "node:fs";
import { connect, createServer } from "node:net";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, expect, test } from "vitest";
import { createNexoReader } from "../../drivers/reader/nexo/driver.ts";
import type { Timers } from "../../drivers/port/timers.ts";
import type { Reader } from "../../drivers/reader/reader.ts";
import { createHttpsExchange } from "../../runtime/adapters/https-exchange.ts";
import { nexoCrypto } from "../../runtime/adapters/nexo-crypto.ts";
import { bindReaders } from "../../runtime/adapters/readers.ts";
import { Acquirer, memoryLedgerStore } from "../../tools/sim/reader/acquirer.ts";
import type { NexoFault } from "../../tools/sim/reader/nexo/faults.ts";
import { fileTransactionStore } from "../../tools/sim/reader/nexo/memory.ts";
import { startNexoTerminal } from "../../tools/sim/reader/nexo/server.ts";
import type { VirtualNexoTerminal } from "../../tools/sim/reader/nexo/server.ts";
import { deferred } from "../support/deferred.ts";
import { FakeDesk, KEY, POI_ID, requestOf, taps } from "../support/nexo-world.ts";

const undo: (() => unknown)[] = [];
afterEach(async () => {
  for (const step of undo.splice(0).toReversed()) await step();
});

/** Pauses of the driver are short here: what is tested is what happens, not how long it takes. */
const timers: Timers = {
  after: (delayMs, run) => {
    const timer = setTimeout(run, delayMs / 100);
    return () => clearTimeout(timer);
  },
};

interface Shop {
  readonly acquirer: Acquirer;
  readonly virtual: VirtualNexoTerminal;
  reader(wish?: { readonly fingerprint256?: string; readonly port?: number }): Reader;
}

async function openShop(holder = taps("visa")): Promise<Shop> {
  const directory = mkdtempSync(join(tmpdir(), "nexo-"));
  undo.push(() => rmSync(directory, { recursive: true }));
  const acquirer = new Acquirer(memoryLedgerStore());
  const virtual = await startNexoTerminal({
    poiId: POI_ID,
    key: KEY,
    acquirer,
    store: fileTransactionStore(join(directory, "taken.jsonl")),
    holder,
    exponentOf: () => 2,
    nowIso: () => "2026-11-22T16:00:00.000Z",
  });
  undo.push(() => virtual.close());
  return {
    acquirer,
    virtual,
    reader: ({ fingerprint256 = virtual.fingerprint256, port = virtual.port } = {}) => {
      const exchange = createHttpsExchange({ host: "127.0.0.1", port, path: "/nexo", fingerprint256 });
      const reader = createNexoReader(exchange, nexoCrypto, timers, {
        ends: { saleId: "till-1", poiId: POI_ID },
        key: KEY,
        softwareVersion: "0.2.0",
        exponentOf: () => 2,
        nowIso: () => "2026-11-22T16:00:00.000Z",
        storeAndForward: false,
        printsItself: false,
      });
      undo.push(() => reader.close());
      return reader;
    },
  };
}

test("a payment goes through TLS and the envelope, and the acquirer holds it", async () => {
  const shop = await openShop();
  const reader = shop.reader({
    fingerprint256: shop.virtual.fingerprint256.toUpperCase().replaceAll(/(..)(?=.)/g, "$1:"),
  });
  expect(await reader.ready()).toEqual({ ok: true, identity: { model: "SIM100", serial: POI_ID } });
  const desk = new FakeDesk();
  expect((await reader.begin(requestOf(), desk)).kind).toBe("captured");
  expect(desk.results[0]).toMatchObject({ amountMinor: 1340, card: { lastFour: "1111" } });
  expect(shop.acquirer.netMinor("EUR")).toBe(1340);
});

test("another certificate gets not one byte of a request: reader/swapped", async () => {
  const shop = await openShop();
  const reader = shop.reader({ fingerprint256: "00".repeat(32) });
  expect(await reader.ready()).toEqual({ ok: false, code: "reader/swapped" });
  expect(await reader.begin(requestOf(), new FakeDesk())).toEqual({
    kind: "not_sent",
    code: "reader/swapped",
  });
  expect(shop.virtual.terminal().transactions()).toEqual([]);
});

test("a port where nobody listens, and one where nobody speaks TLS, are not sent to: reader/unreachable", async () => {
  const shop = await openShop();
  const mute = createServer((socket) => socket.resume().end("HTTP/1.1 400 no\r\n\r\n"));
  await new Promise<void>((resolve) => mute.listen(0, "127.0.0.1", resolve));
  const { port } = mute.address() as AddressInfo;
  const reader = shop.reader({ port });
  expect(await reader.begin(requestOf(), new FakeDesk())).toEqual({
    kind: "not_sent",
    code: "reader/unreachable",
  });
  await new Promise<void>((resolve) => mute.close(() => resolve()));
  const none = shop.reader({ port });
  expect(await none.begin(requestOf(), new FakeDesk())).toEqual({
    kind: "not_sent",
    code: "reader/unreachable",
  });
});

test("closing in mid-payment ends it unknown with reader/closed, and a new reader finds out", async () => {
  const holder = deferred();
  const shop = await openShop(taps("visa", holder.promise));
  const reader = shop.reader();
  const end = reader.begin(requestOf(), new FakeDesk());
  await expect.poll(() => shop.virtual.terminal().transactions().length).toBe(1);
  reader.close();
  expect(await end).toEqual({ kind: "unknown", code: "reader/closed" });
  expect(await reader.begin(requestOf(), new FakeDesk())).toEqual({
    kind: "not_sent",
    code: "reader/closed",
  });
  const next = shop.reader();
  const inquiry = { request: requestOf(), serial: POI_ID };
  expect(await next.inquire(inquiry)).toEqual({ kind: "in_progress", serial: POI_ID });
  holder.resolve();
  await expect.poll(async () => (await next.inquire(inquiry)).kind).toBe("found");
});

test("an abort comes by a second connection while the payment waits on the first", async () => {
  const shop = await openShop(taps("visa", new Promise(() => {})));
  const reader = shop.reader();
  const end = reader.begin(requestOf(), new FakeDesk());
  await expect.poll(() => shop.virtual.terminal().transactions().length).toBe(1);
  reader.cancel();
  expect(await end).toMatchObject({ kind: "declined", code: "reader/cancelled" });
});

const CUTS: readonly NexoFault[] = [
  ...[0, 1, 300, 700, 5000].map((atByte): NexoFault => ({ kind: "cut_request", atByte })),
  ...[0, 1, 100, 1000, 3000, 4000].map((atByte): NexoFault => ({ kind: "cut_answer", atByte })),
  { kind: "twice" },
  { kind: "flip_bit", atByte: 900 },
  { kind: "http_error", status: 500 },
  { kind: "late", delayMs: 30 },
  { kind: "other_serial" },
  { kind: "power_off" },
];

test.each(CUTS)("after %j a new reader's answer, the driver's word and the acquirer agree", async (fault) => {
  const shop = await openShop();
  shop.virtual.faults.addNext("Payment", fault);
  const desk = new FakeDesk();
  const end = await shop.reader().begin(requestOf(), desk);
  await shop.virtual.switchOn();
  const said = await shop.reader().inquire({ request: requestOf(), serial: POI_ID });
  const heldMinor = shop.acquirer.netMinor("EUR");
  expect(said.kind).toBe(heldMinor === 1340 ? "found" : "absent");
  expect(end.kind).toBe(heldMinor === 1340 ? "captured" : "unknown");
  expect(desk.results.length).toBe(heldMinor === 1340 ? 1 : 0);
});

test("a reader of the configuration pays at the terminal", async () => {
  const shop = await openShop();
  const config = {
    host: "127.0.0.1",
    port: shop.virtual.port,
    fingerprint256: shop.virtual.fingerprint256,
    poiId: POI_ID,
    saleId: "till-1",
    keyIdentifier: KEY.identifier,
    keyVersion: KEY.version,
  };
  const address = { kind: "https", ...config } as const;
  const readers = [{ name: "1", model: "nexo", address, password: KEY.passphrase }];
  const bound = bindReaders({ currency: "EUR", readers });
  const reader = bound.ok ? bound.value.get("1") : undefined;
  expect(await reader?.ready()).toMatchObject({ ok: true });
  expect(await reader?.begin(requestOf(), new FakeDesk())).toMatchObject({ kind: "captured" });
  reader?.close();
  expect(shop.acquirer.netMinor("EUR")).toBe(1340);
});

test("what a terminal took survives its power", async () => {
  const shop = await openShop();
  await shop.reader().begin(requestOf(), new FakeDesk());
  await shop.virtual.switchOff();
  const reader = shop.reader();
  expect(await reader.ready()).toEqual({ ok: false, code: "reader/unreachable" });
  await shop.virtual.switchOn();
  expect(await reader.inquire({ request: requestOf(), serial: POI_ID })).toMatchObject({ kind: "found" });
});

test("a terminal takes no request that comes without TLS", async () => {
  const shop = await openShop();
  const socket = connect(shop.virtual.port, "127.0.0.1");
  await new Promise<void>((resolve) => {
    socket.once("close", () => resolve());
    socket.once("error", () => resolve());
    socket.write("POST /nexo HTTP/1.1\r\n\r\n{}");
  });
  expect(shop.virtual.terminal().transactions()).toEqual([]);
});

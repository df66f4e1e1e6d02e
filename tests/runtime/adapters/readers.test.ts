/** Readers of a configuration on this machine: the rows that make them, and what cannot be had. */

import { expect, test } from "vitest";
import { bindReaders } from "../../../runtime/adapters/readers.ts";
import type { ReaderConfig } from "../../../runtime/config.ts";

const https: ReaderConfig["address"] = {
  kind: "https",
  host: "192.0.2.7",
  port: 8443,
  fingerprint256: "ab".repeat(32),
  poiId: "SIM100-1",
  saleId: "till-1",
  keyIdentifier: "shop",
  keyVersion: 1,
};
const hid: ReaderConfig["address"] = { kind: "hidraw", path: "/dev/hidraw0" };
const bind = (model: string, address: ReaderConfig["address"]) =>
  bindReaders({ currency: "EUR", readers: [{ name: "1", model, address, password: "passphrase" }] });

test("a nexo terminal is made behind HTTPS, and nothing connects before it is asked for", () => {
  const bound = bind("nexo", https);
  const reader = bound.ok ? bound.value.get("1") : undefined;
  expect(reader?.state()).toMatchObject({ link: "down", problem: null, identity: { serial: "SIM100-1" } });
  reader?.close();
});

test("a model by a way that it does not have, and one that nobody knows, keep the terminal from starting", () => {
  expect(bind("nexo", hid)).toEqual({ ok: false, message: "readers[0] must be connected by https" });
  expect(bind("zvt", https)).toMatchObject({ ok: false, message: expect.stringContaining("serial or tcp") });
  expect(bind("abacus", https)).toMatchObject({
    ok: false,
    message: expect.stringContaining("is not one of"),
  });
});

/** Every key wrong in turn: refused with its name and what it must be. */
import { expect, test } from "vitest";
import { readConfig, readPrinter } from "../../runtime/config.ts";

const GOOD = {
  tenant: "demo",
  store: "s1",
  terminal: "T1",
  shop: { name: "Corner Shop", addressLines: ["1 High Street", "Town"], footer: "" },
  currency: "GBP",
  zoneMinutes: 60,
  receiptLanguage: "en",
  hq: { host: "127.0.0.1", port: 1883, publicKey: "ab".repeat(32) },
  printer: { host: "127.0.0.1", port: 9100, model: "generic" },
  catalogueFile: "catalogue.json",
  openItemTaxPpm: 200_000,
  staff: [
    { clerk: "boss", name: "The Boss", rights: ["sell", "void"] },
    { clerk: "sam", name: "山姆", rights: [] },
  ],
  screenPort: 0,
};

test("a configuration is read as it is written", () => {
  const read = readConfig(JSON.stringify(GOOD));
  expect(read).toMatchObject({
    ok: true,
    value: {
      ...GOOD,
      hq: { host: "127.0.0.1", port: 1883, publicKey: new Uint8Array(32).fill(0xab) },
      printer: { address: { kind: "tcp", host: "127.0.0.1", port: 9100 }, model: "generic" },
      scanner: null,
      scale: null,
    },
  });
});

test.each([
  [
    "printer",
    { path: "/dev/serial/by-id/p", baudRate: 115_200, model: "gbk_80mm" },
    { address: { kind: "serial", path: "/dev/serial/by-id/p", baudRate: 115_200 }, model: "gbk_80mm" },
  ],
  [
    "scanner",
    { path: "/dev/ttyACM0", baudRate: 9600 },
    { kind: "serial", path: "/dev/ttyACM0", baudRate: 9600 },
  ],
  ["scanner", { hidraw: "/dev/hidraw0" }, { kind: "hidraw", path: "/dev/hidraw0" }],
  ["scanner", null, null],
  ["scale", { path: "/dev/ttyS1", baudRate: 9600 }, { kind: "serial", path: "/dev/ttyS1", baudRate: 9600 }],
  ["scale", { host: "10.0.0.8", port: 9102 }, { kind: "tcp", host: "10.0.0.8", port: 9102 }],
  ["scale", null, null],
])("a %s of %j is read", (key, value, expected) => {
  expect(readConfig(changed(key, value))).toMatchObject({ ok: true, value: { [key]: expected } });
});

test("a kept pairing is read like the configuration's printer; a damaged one is none", () => {
  const address = { kind: "tcp", host: "10.0.0.7", port: 9100 };
  expect(readPrinter('{"host":"10.0.0.7","port":9100,"model":"gbk_58mm"}')).toEqual({
    address,
    model: "gbk_58mm",
  });
  for (const damaged of ["", "{", "null", "[]", '{"host":"10.0.0.7","port":9100}', '{"model":"gbk_58mm"}']) {
    expect(readPrinter(damaged), damaged).toBeNull();
  }
});

test("what a shop says of PINs, drawers, shifts, its day and its coins is read", () => {
  const text = changed("staff", [withPin({ salt: SALT_HEX, hash: HASH_HEX }), GOOD.staff[1]]);
  const more = { needsShift: true, drawers: ["1", "bar"], dayStartMinutes: 240 };
  const coins = { cashRounding: { incrementMinor: 5, tie: "down" } };
  const read = readConfig(JSON.stringify({ ...JSON.parse(text), ...more, ...coins }));
  if (!read.ok) return expect.fail(read.message);
  expect(read.value).toMatchObject({ ...more, ...coins });
  const [[clerk, pin] = []] = read.value.pins;
  expect([read.value.pins.size, clerk]).toEqual([1, "boss"]);
  expect(Buffer.from(pin?.salt ?? []).toString("hex")).toBe(SALT_HEX);
  expect(Buffer.from(pin?.hash ?? []).toString("hex")).toBe(HASH_HEX);
  // The grant itself, which is recorded at a sign-on, says nothing of the PIN.
  expect(JSON.stringify(read.value.staff)).not.toMatch(/salt|hash|pin/);
});

test("what a shop does not say is: no PIN, one drawer, no shift needed, midnight, every coin", () => {
  const read = readConfig(JSON.stringify(GOOD));
  expect(read).toMatchObject({
    value: { drawers: ["1"], needsShift: false, dayStartMinutes: 0, cashRounding: null },
  });
  expect(read.ok && read.value.pins.size).toBe(0);
});

test("a terminal may be without headquarters and without a printer", () => {
  expect(readConfig(JSON.stringify({ ...GOOD, hq: null, printer: null }))).toMatchObject({
    ok: true,
    value: { hq: null, printer: null },
  });
});

test.each(["", "{", "nothing", "{'tenant':1}", '{"tenant":"demo",}'])(
  "text that is not JSON is refused with config/not_json: %j",
  (text) => {
    expect(readConfig(text)).toMatchObject({ ok: false, code: "config/not_json", key: "" });
  },
);

test.each(["null", "[]", "7", '"demo"'])(
  "JSON that is no object is refused with config/value: %s",
  (text) => {
    expect(readConfig(text)).toMatchObject({
      ok: false,
      code: "config/value",
      key: "configuration",
      message: "configuration must be an object",
    });
  },
);

const LONG = "x".repeat(201);
const NAMES = ["", 7, null, undefined, "a b", "ü", "x".repeat(33), "a/b", "a#"];
const TEXTS = ["", 7, null, undefined, LONG, "two\nlines", "\u001b[2J", "\ud800"];
const WHOLE = [-1, 1.5, "7", null, undefined, Number.MAX_SAFE_INTEGER];

const SALT_HEX = "0123456789abcdef".repeat(2);
const HASH_HEX = "fedcba9876543210".repeat(4);
const PIN_BYTES = [7, "", SALT_HEX.slice(1), `${HASH_HEX}00`, SALT_HEX.toUpperCase(), "g".repeat(32), null];

function withPin(pin: unknown): unknown {
  return { ...GOOD.staff[0], pin };
}

/** Each key with values that it may not have; the key that is named when it is not the one that was changed. */
const WRONG: readonly (readonly [key: string, values: readonly unknown[], named?: string])[] = [
  ["tenant", NAMES],
  ["store", NAMES],
  ["terminal", [...NAMES, "HQ"]],
  ["shop", [null, [], "Shop", undefined]],
  ["shop.name", TEXTS],
  ["shop.addressLines", [null, "Street", undefined, {}]],
  ["shop.addressLines", [[7], [LONG], ["\t"]], "shop.addressLines[0]"],
  ["shop.addressLines", [["ok", null]], "shop.addressLines[1]"],
  ["shop.footer", [7, null, undefined, LONG, "\u0000"]],
  ["currency", ["", "gbp", "GB", "GBPX", 826, null]],
  ["zoneMinutes", [-1441, 1441, 0.5, "0", null]],
  ["receiptLanguage", ["", "de", "EN", null, 1]],
  ["hq", [[], "127.0.0.1", 7, undefined]],
  ["hq.host", TEXTS],
  ["hq.port", [0, 65_536, ...WHOLE]],
  ["hq.publicKey", ["", "ab".repeat(31), "ab".repeat(33), "AB".repeat(32), "xy".repeat(32), 7, null]],
  ["printer", [[], "printer", undefined]],
  ["printer.host", TEXTS],
  ["printer.port", [0, 65_536, ...WHOLE]],
  ["printer.model", TEXTS],
  ["printer", [{ ...GOOD.printer, path: "/dev/ttyS0", baudRate: 9600 }]],
  ["printer", [{ path: "", baudRate: 9600, model: "m" }], "printer.path"],
  [
    "printer",
    [
      { path: "/dev/ttyS0", model: "m" },
      { path: "/dev/ttyS0", baudRate: 12, model: "m" },
    ],
    "printer.baudRate",
  ],
  ["scanner", ["COM1", 7, [], { hidraw: "/dev/hidraw0", path: "/dev/ttyS0" }]],
  ["scanner", [{}, { baudRate: 9600 }, { path: 7 }], "scanner.path"],
  ["scanner", [{ path: "/dev/ttyS0" }, { path: "/dev/ttyS0", baudRate: "9600" }], "scanner.baudRate"],
  ["scanner", [{ hidraw: "" }, { hidraw: 7 }], "scanner.hidraw"],
  ["scale", ["COM1", 7, [], { host: "h", port: 1, path: "/dev/ttyS0" }]],
  ["scale", [{}, { baudRate: 9600 }, { path: 7 }], "scale.path"],
  ["scale", [{ host: "h" }, { host: "h", port: 0 }], "scale.port"],
  ["catalogueFile", TEXTS],
  ["openItemTaxPpm", [1_000_001, ...WHOLE]],
  ["staff", [null, {}, "boss", undefined]],
  ["staff", [[GOOD.staff[0], GOOD.staff[0]]]],
  ["staff", [[null], ["boss"], [[]]], "staff[0]"],
  ["staff", [[{ ...GOOD.staff[0], clerk: "a b" }], [{ name: "X", rights: [] }]], "staff[0].clerk"],
  ["staff", [[GOOD.staff[0], { ...GOOD.staff[1], name: "" }]], "staff[1].name"],
  ["staff", [[{ ...GOOD.staff[0], rights: "sell" }]], "staff[0].rights"],
  ["staff", [[{ ...GOOD.staff[0], rights: ["sell", "fly"] }]], "staff[0].rights"],
  ["staff", [[{ ...GOOD.staff[0], rights: ["sell", "sell"] }]], "staff[0].rights"],
  ["screenPort", [65_536, ...WHOLE]],
  ["staff", [[withPin(null)], [withPin([])], [withPin("2468")]], "staff[0].pin"],
  ["staff", PIN_BYTES.map((salt) => [withPin({ salt, hash: HASH_HEX })]), "staff[0].pin.salt"],
  ["staff", PIN_BYTES.map((hash) => [withPin({ salt: SALT_HEX, hash })]), "staff[0].pin.hash"],
  ["drawers", [null, "1", ["a b"], [""], [1], ["1", "1"]]],
  ["needsShift", [0, "true", null]],
  ["dayStartMinutes", [1440, -1, 1.5, "240", null]],
  ["cashRounding", [[], "0.05", 5]],
  ["cashRounding", [{ incrementMinor: 5, tie: "even" }], "cashRounding.tie"],
  ["cashRounding", [{ incrementMinor: 0, tie: "up" }, { tie: "up" }], "cashRounding.incrementMinor"],
];

function changed(key: string, value: unknown): string {
  const [outer = "", inner] = key.split(".");
  const root: Record<string, unknown> = structuredClone(GOOD);
  if (inner === undefined) root[outer] = value;
  else root[outer] = { ...(root[outer] as object), [inner]: value };
  return JSON.stringify(root);
}

const ROWS = WRONG.map(([key, values, named = key]) => ({ key, values, named }));

test.each(ROWS)("a wrong $key is refused with config/value and the name $named", ({ key, values, named }) => {
  for (const value of values) {
    const read = readConfig(changed(key, value));
    expect(read, JSON.stringify(value)).toMatchObject({ ok: false, code: "config/value", key: named });
    if (!read.ok) expect(read.message.startsWith(`${named} must `)).toBe(true);
  }
});

test("every key is needed", () => {
  for (const key of Object.keys(GOOD)) {
    const { [key as keyof typeof GOOD]: _, ...rest } = GOOD;
    expect(readConfig(JSON.stringify(rest))).toMatchObject({ code: "config/value", key });
  }
});

test("a configuration that says only what is known has no unknown key", () => {
  expect(readConfig(JSON.stringify(GOOD))).toMatchObject({ ok: true, unknownKeys: [] });
  const all = {
    ...GOOD,
    scanner: { path: "/dev/ttyACM0", baudRate: 9600 },
    drawers: ["1"],
    needsShift: true,
    cashRounding: { incrementMinor: 5, tie: "up" },
    dayStartMinutes: 60,
    printer: null,
    hq: null,
  };
  expect(readConfig(JSON.stringify(all))).toMatchObject({ ok: true, unknownKeys: [] });
});

test("keys that mean nothing here are named with their place, and the rest is in force", () => {
  const text = JSON.stringify({
    ...GOOD,
    needShift: true,
    shop: { ...GOOD.shop, colour: "red" },
    staff: [{ ...GOOD.staff[0], nick: "B" }, GOOD.staff[1]],
  });
  expect(readConfig(text)).toMatchObject({
    ok: true,
    value: { terminal: "T1", needsShift: false },
    unknownKeys: ["shop.colour", "staff[0].nick", "needShift"],
  });
});

const HTTPS = {
  host: "192.0.2.7",
  port: 8443,
  fingerprint256: "ab".repeat(32),
  poiId: "P400Plus-275039202",
  saleId: "till-1",
  keyIdentifier: "shop",
  keyVersion: 1,
};

test("a card reader behind HTTPS is read with its certificate, its names and its key", () => {
  const reader = { name: "1", model: "nexo", password: "passphrase" };
  expect(readConfig(changed("readers", [{ ...reader, https: HTTPS }]))).toMatchObject({
    ok: true,
    unknownKeys: [],
    value: { readers: [{ ...reader, address: { kind: "https", ...HTTPS } }] },
  });
});

test.each([
  [{ fingerprint256: "ab" }, "readers[0].https.fingerprint256"],
  [{ port: 0 }, "readers[0].https.port"],
  [{ poiId: 7 }, "readers[0].https.poiId"],
  [{ keyVersion: -1 }, "readers[0].https.keyVersion"],
])("a reader behind HTTPS with %j is refused with config/value at %s", (wrong, key) => {
  const readers = [{ name: "1", model: "nexo", https: { ...HTTPS, ...wrong } }];
  expect(readConfig(changed("readers", readers))).toMatchObject({ ok: false, code: "config/value", key });
});

test("a reader is in one place: config/value", () => {
  const readers = [{ name: "1", model: "nexo", https: HTTPS, hidraw: "/dev/hidraw0" }];
  expect(readConfig(changed("readers", readers))).toMatchObject({ ok: false, key: "readers[0]" });
});

/** What a terminal takes from the machine: its folder's lock, its keys, its configuration. On real files. */
import { spawn } from "node:child_process";
import {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { RUNTIME_RELEASED_AT } from "../../runtime/boot.ts";
import { bindTerminal, StartFault } from "../../runtime/adapters/bind.ts";
import type { Bound } from "../../runtime/adapters/bind.ts";
import { KeyFault, loadSigner } from "../../runtime/adapters/keys.ts";
import { lockDirectory } from "../../runtime/adapters/lock.ts";
import type { DirectoryLock } from "../../runtime/adapters/lock.ts";
import { createVerifier } from "../../protocol/sign.ts";
import { PRINTER_MODELS } from "../../drivers/printer/models.ts";
import { PROJECT_ROOT } from "../../tools/build/root.ts";
import { CATALOGUE_JSON, seededRng, shopConfig } from "../support/fake-world.ts";
import { toHex } from "../support/hex.ts";

let directory = "";
const bounds: Bound[] = [];

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), "tillwright-machine-"));
});
afterEach(async () => {
  for (const { parts, lock } of bounds.splice(0)) {
    parts.printer?.close();
    await lock.release();
  }
  rmSync(directory, { recursive: true, force: true });
});

async function mustLock(path: string): Promise<DirectoryLock> {
  return (await lockDirectory(path)) ?? expect.fail("The lock must be free");
}

test("a folder is locked once, under whatever name it is reached, and free after its release", async () => {
  const lock = await mustLock(directory);
  const alias = `${directory}-alias`;
  symlinkSync(directory, alias);
  try {
    expect(await lockDirectory(directory)).toBe(null);
    expect(await lockDirectory(`${directory}/.`)).toBe(null);
    expect(await lockDirectory(alias)).toBe(null);
  } finally {
    rmSync(alias);
  }
  await lock.release();
  await (await mustLock(directory)).release();
});

test("two folders are locked apart", async () => {
  const other = join(directory, "other");
  mkdirSync(other);
  const locks = [await mustLock(directory), await mustLock(other)];
  for (const lock of locks) await lock.release();
});

test("the lock of a killed process is gone with it", async () => {
  const code = `
    import { lockDirectory } from "./runtime/adapters/lock.ts";
    const lock = await lockDirectory(process.argv[1]);
    process.stdout.write(lock === null ? "refused" : "locked");
    setInterval(() => {}, 1000);
  `;
  const child = spawn(process.execPath, ["--input-type=module", "-e", code, directory], {
    cwd: PROJECT_ROOT,
  });
  const said = await new Promise<string>((resolve) => {
    child.stdout.once("data", (bytes: Buffer) => resolve(bytes.toString()));
    child.once("close", (exit) => resolve(`ended with ${exit}`));
  });
  expect(said).toBe("locked");
  expect(await lockDirectory(directory)).toBe(null);
  const closed = new Promise((resolve) => child.once("close", resolve));
  child.kill("SIGKILL");
  await closed;
  await (await mustLock(directory)).release();
});

test("a key is made once, for its user alone, with its public half beside it", () => {
  const keys = join(directory, "keys");
  const signer = loadSigner(keys, seededRng(1));
  expect(statSync(join(keys, "terminal.key")).mode & 0o777).toBe(0o600);
  expect(statSync(keys).mode & 0o777).toBe(0o700);
  const before = readFileSync(join(keys, "terminal.key"), "utf8");
  expect(before).toMatch(/^[0-9a-f]{64}\n$/);
  expect(readFileSync(join(keys, "terminal.pub"), "utf8")).toBe(`${toHex(signer.publicKey)}\n`);
  // Another source of chance makes no other key.
  const again = loadSigner(keys, seededRng(2));
  expect(toHex(again.publicKey)).toBe(toHex(signer.publicKey));
  expect(readFileSync(join(keys, "terminal.key"), "utf8")).toBe(before);
  const message = new TextEncoder().encode("a sale");
  const verifier = createVerifier(signer.publicKey);
  expect(verifier.ok && verifier.value.verify(message, again.sign(message))).toBe(true);
});

test("a public half that is missing is written again from the key", () => {
  const keys = join(directory, "keys");
  const signer = loadSigner(keys, seededRng(1));
  rmSync(join(keys, "terminal.pub"));
  loadSigner(keys, seededRng(2));
  expect(readFileSync(join(keys, "terminal.pub"), "utf8")).toBe(`${toHex(signer.publicKey)}\n`);
});

const NO_KEYS = [
  "",
  "\n",
  "ab".repeat(31),
  "ab".repeat(33),
  "AB".repeat(32),
  `${"ab".repeat(31)}xy`,
  "\u0000",
];

test.each(NO_KEYS)(
  "a key file that holds no key is refused with key/unreadable and left alone: %j",
  (text) => {
    writeFileSync(join(directory, "terminal.key"), text, { mode: 0o600 });
    expect(() => loadSigner(directory, seededRng(1))).toThrow(KeyFault);
    try {
      loadSigner(directory, seededRng(1));
    } catch (fault) {
      expect(fault).toMatchObject({ code: "key/unreadable" });
    }
    expect(readFileSync(join(directory, "terminal.key"), "utf8")).toBe(text);
  },
);

test("a key that cannot be read at all is refused with key/unreadable", () => {
  mkdirSync(join(directory, "terminal.key"));
  expect(() => loadSigner(directory, seededRng(1))).toThrow(KeyFault);
});

test("a lost key is not replaced beside the public half that headquarters knows", () => {
  loadSigner(directory, seededRng(1));
  const registered = readFileSync(join(directory, "terminal.pub"), "utf8");
  rmSync(join(directory, "terminal.key"));
  expect(() => loadSigner(directory, seededRng(2))).toThrow(KeyFault);
  expect(readFileSync(join(directory, "terminal.pub"), "utf8")).toBe(registered);
});

const CATALOGUE = "catalogue.json";

function shop(
  config: unknown = shopConfig(),
  catalogue: string | Uint8Array | null = CATALOGUE_JSON,
): string {
  const path = join(directory, "config.json");
  writeFileSync(path, typeof config === "string" ? config : JSON.stringify(config));
  if (catalogue !== null) writeFileSync(join(directory, CATALOGUE), catalogue);
  return path;
}

async function bind(path: string): Promise<Bound> {
  const bound = await bindTerminal(path, join(directory, "data"), () => {});
  bounds.push(bound);
  return bound;
}

async function faultOf(path: string): Promise<{ readonly code: string; readonly message: string }> {
  const fault: unknown = await bind(path).then(
    () => null,
    (cause: unknown) => cause,
  );
  if (!(fault instanceof StartFault)) return expect.fail(`No StartFault but ${String(fault)}`);
  return fault;
}

test("a terminal is bound to its files: configuration, catalogue, data folder and keys", async () => {
  const { parts, pairing, scanner } = await bind(shop());
  expect(parts.config.terminal).toBe("till-1");
  expect(parts.catalogue.items).toHaveLength(4);
  expect(await pairing.settings()).toMatchObject({ printer: null });
  expect(scanner).toBe(null);
  expect(parts.link).toBe(null);
  // The clock of this machine is watched, and may not say less than the release.
  expect(parts.clockWatch).toEqual({ releasedAt: RUNTIME_RELEASED_AT });
  expect(statSync(join(directory, "data")).mode & 0o777).toBe(0o700);
  expect(readFileSync(join(directory, "data/keys/terminal.pub"), "utf8")).toBe(
    `${toHex(parts.signer.publicKey)}\n`,
  );
});

test("a printer and headquarters are bound without being asked for anything", async () => {
  const [model = ""] = Object.keys(PRINTER_MODELS);
  const { parts } = await bind(
    shop({
      ...shopConfig(),
      printer: { host: "127.0.0.1", port: 9, model },
      hq: {
        host: "127.0.0.1",
        port: 9,
        publicKey: toHex(loadSigner(join(directory, "hq"), seededRng(1)).publicKey),
      },
    }),
  );
  expect(parts.printer).not.toBe(null);
  expect(parts.link).not.toBe(null);
});

test("marks that editors put before a text are no part of it", async () => {
  const bound = await bind(shop(`\ufeff${JSON.stringify(shopConfig())}`, `\ufeff${CATALOGUE_JSON}`));
  expect(bound.parts.config.store).toBe("s1");
});

test("a start without its files is refused with config/missing and catalogue/missing", async () => {
  expect(await faultOf(join(directory, "none.json"))).toMatchObject({ code: "config/missing" });
  const fault = await faultOf(shop(shopConfig(), null));
  expect(fault.code).toBe("catalogue/missing");
  expect(fault.message).toContain(CATALOGUE);
});

test("pricing rules beside the catalogue are in force, and a start with others is refused with pricing/unusable", async () => {
  const path = shop(shopConfig());
  writeFileSync(join(dirname(path), "pricing.json"), '{"currency":"GBP","fees":[]}');
  const bound = await bind(path);
  expect(bound.parts.pricing?.inForce()).toMatchObject({ version: 0, currency: "GBP" });
  writeFileSync(join(dirname(path), "pricing.json"), '{"currency":"GBP","fee":[]}');
  const fault = await faultOf(path);
  expect(fault).toMatchObject({ code: "pricing/unusable" });
  expect(fault.message).toContain("rules/unknown_field fee");
  rmSync(join(dirname(path), "pricing.json"));
});

test("files that are no JSON, or no UTF-8, are refused with config/not_json and catalogue/not_json", async () => {
  expect(await faultOf(shop("{"))).toMatchObject({ code: "config/not_json" });
  expect(await faultOf(shop(shopConfig(), "sku;price"))).toMatchObject({ code: "catalogue/not_json" });
  const latin = Buffer.from(CATALOGUE_JSON.replace("Tea", "Th\u00e9"), "latin1");
  const fault = await faultOf(shop(shopConfig(), latin));
  expect(fault).toMatchObject({ code: "catalogue/not_json" });
  expect(fault.message).toContain("UTF-8");
  rmSync(join(directory, "config.json"));
  mkdirSync(join(directory, "config.json"));
  expect(await faultOf(join(directory, "config.json"))).toMatchObject({ code: "config/not_json" });
});

test("values that cannot be used are refused with config/value and catalogue/row, and named", async () => {
  const wrong: readonly (readonly [unknown, string])[] = [
    [{ ...shopConfig(), tenant: "" }, "tenant"],
    [{ ...shopConfig(), printer: { host: "h", port: 9, model: "dot-matrix" } }, "dot-matrix"],
    [{ ...shopConfig(), hq: { host: "h", port: 9, publicKey: "00".repeat(32) } }, "hq.publicKey"],
  ];
  for (const [config, named] of wrong) {
    const fault = await faultOf(shop(config));
    expect(fault.code).toBe("config/value");
    expect(fault.message).toContain(named);
  }
  const fault = await faultOf(shop(shopConfig(), CATALOGUE_JSON.replace("250", "-1")));
  expect(fault).toMatchObject({ code: "catalogue/row" });
  expect(fault.message).toMatch(/^item 1: priceMinor/);
});

test("a data directory that is none is refused with data/unusable", async () => {
  writeFileSync(join(directory, "data"), "a file");
  expect(await faultOf(shop())).toMatchObject({ code: "data/unusable" });
  expect(readFileSync(join(directory, "data"), "utf8")).toBe("a file");
});

test("a second terminal on the same folder is refused with data/in_use, and may start after the first", async () => {
  const path = shop();
  const first = await bind(path);
  const fault = await faultOf(path);
  expect(fault).toMatchObject({ code: "data/in_use" });
  expect(fault.message).toContain(join(directory, "data"));
  await first.lock.release();
  bounds.length = 0;
  await bind(path);
});

test("a key that is no key is refused with key/unreadable, and the folder is not left locked", async () => {
  const path = shop();
  const key = join(directory, "data/keys/terminal.key");
  mkdirSync(join(directory, "data/keys"), { recursive: true });
  writeFileSync(key, "not a key");
  chmodSync(key, 0o600);
  expect(await faultOf(path)).toMatchObject({ code: "key/unreadable" });
  expect(readFileSync(key, "utf8")).toBe("not a key");
  rmSync(key);
  await bind(path);
});

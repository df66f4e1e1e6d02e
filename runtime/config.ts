/**
 * The terminal's configuration: one JSON file, read once at start. A value that cannot be used is
 * refused with its key and what it must be; nothing is guessed. A key that this release does not know is
 * named and passed over: after an update that was taken back, the file is a newer release's.
 */
import type { ClerkGrant, Right, TenderMethod } from "../core/facts.ts";
import { NO_TENDER_LIMITS } from "../core/context.ts";
import type { CashRounding, OfflineCardLimits, TenderLimits } from "../core/context.ts";
import type { ClerkId, DrawerId, TerminalId } from "../core/ids.ts";
import { HQ_WRITER } from "../core/hq/events.ts";
import { drawerId, isClerkId, isDrawerId, isTerminalId } from "../core/ids.ts";
import { CLERK_NAME_LENGTH_MAX, ORDER_TOTAL_MINOR_MAX } from "../core/limits.ts";
import { minor } from "../core/money.ts";
import { fits } from "../core/order/decide-lines.ts";
import { isTenant } from "../protocol/topics.ts";
import { watchKeys } from "./config-keys.ts";
import type { PairedPrinter, PrinterAddress } from "./ui/panels.ts";

export interface ShopConfig {
  readonly name: string;
  /** Lines under the name on a receipt. */
  readonly addressLines: readonly string[];
  /** The line at the foot of a receipt; may be empty. */
  readonly footer: string;
}

export interface HqConfig {
  readonly host: string;
  readonly port: number;
  /** Headquarters' raw Ed25519 public key. */
  readonly publicKey: Uint8Array;
}

/** Where the terminal's own scanner is. A keyboard scanner needs no configuration. */
export type ScannerConfig =
  | { readonly kind: "serial"; readonly path: string; readonly baudRate: number }
  /** A node such as /dev/hidraw0 of a scanner that sends HID POS reports. */
  | { readonly kind: "hidraw"; readonly path: string };

/** Where the terminal's scale is: a Toledo 8217 on a line (7E1), or behind a serial server. */
export type ScaleConfig =
  | { readonly kind: "serial"; readonly path: string; readonly baudRate: number }
  | { readonly kind: "tcp"; readonly host: string; readonly port: number };

/** Where a card reader is, which protocol it speaks, and what its tenders call it. */
export interface ReaderConfig {
  /** 1 to 16 of A-Z a-z 0-9 _ -, once. */
  readonly name: string;
  /** A row of drivers/reader/registry.ts, such as "zvt". */
  readonly model: string;
  readonly address:
    | { readonly kind: "tcp"; readonly host: string; readonly port: number }
    | { readonly kind: "serial"; readonly path: string; readonly baudRate: number }
    | { readonly kind: "hidraw"; readonly path: string }
    | HttpsReaderAddress;
  /** Of the terminal's operator, where its protocol asks for one; empty otherwise. Never logged. */
  readonly password: string;
}

/** A terminal that takes messages over HTTPS; its password is the passphrase of the shared key. */
export interface HttpsReaderAddress {
  readonly kind: "https";
  readonly host: string;
  readonly port: number;
  /** SHA-256 of the terminal's certificate in hex: nothing is sent to another one. */
  readonly fingerprint256: string;
  /** What the terminal calls itself, such as "P400Plus-275039202". */
  readonly poiId: string;
  /** What this till is called towards it. */
  readonly saleId: string;
  readonly keyIdentifier: string;
  readonly keyVersion: number;
}

/** A PIN as it is kept: scrypt of the PIN with this salt (N 32768, r 8, p 1; RELIABILITY 7.7). */
export interface PinHash {
  /** 16 bytes. */
  readonly salt: Uint8Array;
  /** 32 bytes. */
  readonly hash: Uint8Array;
}

export interface Config {
  readonly tenant: string;
  readonly store: string;
  readonly terminal: TerminalId;
  readonly shop: ShopConfig;
  /** ISO 4217. */
  readonly currency: string;
  /** The store's zone east of UTC. */
  readonly zoneMinutes: number;
  readonly receiptLanguage: "en" | "zh";
  /** Null for a terminal without headquarters: it sells and keeps everything. */
  readonly hq: HqConfig | null;
  /** What is paired at the screen goes before it (runtime/adapters/pairing.ts). */
  readonly printer: PairedPrinter | null;
  /** Null where it is not said. */
  readonly scanner: ScannerConfig | null;
  readonly scale: ScaleConfig | null;
  /** In the order in which the screen shows them; none where it is not said. */
  readonly readers: readonly ReaderConfig[];
  /** Null where it is not said: no bound. */
  readonly limits: Readonly<Record<TenderMethod, TenderLimits>>;
  /** Null where it is not said: no card without its host's word. */
  readonly offlineCards: OfflineCardLimits | null;
  /** A JSON file beside the configuration, see runtime/catalogue.ts. */
  readonly catalogueFile: string;
  readonly openItemTaxPpm: number;
  readonly staff: readonly ClerkGrant[];
  /** Clerks without one sign on by name alone. */
  readonly pins: ReadonlyMap<ClerkId, PinHash>;
  /** Drawers that this terminal may open; "1" where none is named. */
  readonly drawers: readonly DrawerId[];
  /** Whether cash is taken only while a shift is open; false where it is not said. */
  readonly needsShift: boolean;
  /** Whether going to the tender asks the only ready reader at once; false where it is not said. */
  readonly armsReader: boolean;
  /** Null where it is not said: every amount can be paid in coins. */
  readonly cashRounding: CashRounding | null;
  /** When a business day begins, in minutes after midnight; 0 where it is not said. */
  readonly dayStartMinutes: number;
  /** The screen's port on loopback; 0 for a free one. */
  readonly screenPort: number;
}

/** A configuration that cannot be used: which key, and what it must be. */
export interface ConfigFault {
  readonly ok: false;
  readonly code: "config/not_json" | "config/value";
  readonly key: string;
  readonly message: string;
}
/** `unknownKeys`: what the file says that this release does not read, such as "printer.colour". */
export type ConfigResult =
  | { readonly ok: true; readonly value: Config; readonly unknownKeys: readonly string[] }
  | ConfigFault;

/** Every right that a clerk may be given. */
export const RIGHTS: readonly Right[] = [
  "sell",
  "open_price",
  "void",
  "blind_return",
  "reprint",
  "refund",
  "drawer",
  "shift",
  "stock",
  "approve",
  "training",
  "discount",
];

class Unusable extends Error {
  readonly key: string;
  constructor(key: string, must: string) {
    super(`${key} ${must}`);
    this.key = key;
  }
}

/** Reads the text of a configuration file. */
export function readConfig(json: string): ConfigResult {
  let parsed: unknown;
  try {
    parsed = JSON.parse(json);
  } catch (cause) {
    return {
      ok: false,
      code: "config/not_json",
      key: "",
      message: `The configuration is not JSON${placeOf(cause)}`,
    };
  }
  const watched = watchKeys(parsed);
  try {
    const value = configOf(objectAt(watched.value, "configuration"));
    return { ok: true, value, unknownKeys: watched.unread() };
  } catch (cause) {
    if (!(cause instanceof Unusable)) throw cause;
    return { ok: false, code: "config/value", key: cause.key, message: cause.message };
  }
}

/** Reads the text of a kept pairing: the configuration's `printer` by itself. Null when it cannot be used. */
export function readPrinter(json: string): PairedPrinter | null {
  try {
    return printerOf(objectAt(JSON.parse(json), "printer"));
  } catch {
    // Kept by this program: what it cannot read was damaged, and pairing again mends it.
    return null;
  }
}

// Where the text stops being JSON, without the words that the engine quotes: they may be a PIN's salt.
function placeOf(cause: unknown): string {
  const place = /\(line \d+ column \d+\)|position \d+/.exec(cause instanceof Error ? cause.message : "");
  return place === null ? "" : `: see ${place[0].replace(/[()]/g, "")}`;
}

type Json = Readonly<Record<string, unknown>>;

function configOf(json: Json): Config {
  const terminal = stringAt(json, "terminal");
  if (!isTerminalId(terminal)) throw new Unusable("terminal", "must be 1 to 32 of A-Z a-z 0-9 _ -");
  if (terminal === HQ_WRITER)
    throw new Unusable("terminal", `must not be ${HQ_WRITER}: headquarters writes so`);
  const currency = stringAt(json, "currency");
  if (!/^[A-Z]{3}$/.test(currency)) throw new Unusable("currency", "must be an ISO 4217 code such as GBP");
  const receiptLanguage = stringAt(json, "receiptLanguage");
  if (receiptLanguage !== "en" && receiptLanguage !== "zh") {
    throw new Unusable("receiptLanguage", 'must be "en" or "zh"');
  }
  return {
    tenant: tenantAt(json, "tenant"),
    store: tenantAt(json, "store"),
    terminal,
    shop: shopOf(objectAt(json["shop"], "shop")),
    currency,
    zoneMinutes: wholeAt(json, "zoneMinutes", -1440, 1440),
    receiptLanguage,
    hq: json["hq"] === null ? null : hqOf(objectAt(json["hq"], "hq")),
    printer: json["printer"] === null ? null : printerOf(objectAt(json["printer"], "printer")),
    scanner: scannerOf(json["scanner"]),
    scale: scaleOf(json["scale"]),
    readers: readersOf(json["readers"]),
    limits: limitsOf(json["limits"]),
    offlineCards: offlineOf(json["offlineCards"]),
    catalogueFile: stringAt(json, "catalogueFile"),
    openItemTaxPpm: wholeAt(json, "openItemTaxPpm", 0, 1_000_000),
    staff: staffOf(json["staff"]),
    pins: pinsOf(json["staff"]),
    drawers: drawersOf(json["drawers"]),
    needsShift: json["needsShift"] === undefined ? false : flagAt(json, "needsShift"),
    armsReader: json["armsReader"] === undefined ? false : flagAt(json, "armsReader"),
    cashRounding: roundingOf(json["cashRounding"]),
    dayStartMinutes: json["dayStartMinutes"] === undefined ? 0 : wholeAt(json, "dayStartMinutes", 0, 1439),
    screenPort: wholeAt(json, "screenPort", 0, 65_535),
  };
}

function shopOf(json: Json): ShopConfig {
  return {
    name: stringAt(json, "name", "shop.name"),
    addressLines: arrayAt(json["addressLines"], "shop.addressLines").map((line, index) =>
      textOf(line, `shop.addressLines[${index}]`),
    ),
    footer: textOf(json["footer"], "shop.footer"),
  };
}

function hqOf(json: Json): HqConfig {
  return {
    host: stringAt(json, "host", "hq.host"),
    port: wholeAt(json, "port", 1, 65_535, "hq.port"),
    publicKey: bytesAt(json, "publicKey", 32, "hq.publicKey"),
  };
}

/** A printer on the network has host and port, one on a line path and baudRate. */
function printerOf(json: Json): PairedPrinter {
  const isOnLine = json["path"] !== undefined;
  if (isOnLine && json["host"] !== undefined)
    throw new Unusable("printer", "must have either host and port or path and baudRate");
  const address: PrinterAddress = isOnLine
    ? { kind: "serial", ...lineOf(json, "printer") }
    : {
        kind: "tcp",
        host: stringAt(json, "host", "printer.host"),
        port: wholeAt(json, "port", 1, 65_535, "printer.port"),
      };
  return { address, model: stringAt(json, "model", "printer.model") };
}

function scannerOf(value: unknown): ScannerConfig | null {
  if (value === undefined || value === null) return null;
  const json = objectAt(value, "scanner");
  if (json["hidraw"] === undefined) return { kind: "serial", ...lineOf(json, "scanner") };
  if (json["path"] !== undefined)
    throw new Unusable("scanner", "must have either hidraw or path and baudRate");
  return { kind: "hidraw", path: stringAt(json, "hidraw", "scanner.hidraw") };
}

function scaleOf(value: unknown): ScaleConfig | null {
  if (value === undefined || value === null) return null;
  const json = objectAt(value, "scale");
  if (json["host"] === undefined) return { kind: "serial", ...lineOf(json, "scale") };
  if (json["path"] !== undefined)
    throw new Unusable("scale", "must have either host and port or path and baudRate");
  const port = wholeAt(json, "port", 1, 65_535, "scale.port");
  return { kind: "tcp", host: stringAt(json, "host", "scale.host"), port };
}

function readersOf(value: unknown): readonly ReaderConfig[] {
  if (value === undefined) return [];
  const readers = arrayAt(value, "readers").map((entry, index): ReaderConfig => {
    const key = `readers[${index}]`;
    const json = objectAt(entry, key);
    const name = stringAt(json, "name", `${key}.name`);
    if (!isDrawerId(name)) throw new Unusable(`${key}.name`, "must be 1 to 16 of A-Z a-z 0-9 _ -");
    const password = json["password"] === undefined ? "" : stringAt(json, "password", `${key}.password`);
    return { name, model: stringAt(json, "model", `${key}.model`), address: readerAt(json, key), password };
  });
  if (new Set(readers.map(({ name }) => name)).size !== readers.length)
    throw new Unusable("readers", "must not name a reader twice");
  const places = readers.map(({ address }) => JSON.stringify(address));
  if (new Set(places).size !== places.length)
    throw new Unusable("readers", "must not have two readers at one address");
  return readers;
}

function readerAt(json: Json, key: string): ReaderConfig["address"] {
  const ways = ["host", "path", "hidraw", "https"].filter((name) => json[name] !== undefined);
  if (ways.length !== 1)
    throw new Unusable(key, "must have one of host and port, path and baudRate, hidraw, or https");
  if (ways[0] === "https") return httpsAt(objectAt(json["https"], `${key}.https`), `${key}.https`);
  if (ways[0] === "path") return { kind: "serial", ...lineOf(json, key) };
  if (ways[0] === "hidraw") return { kind: "hidraw", path: stringAt(json, "hidraw", `${key}.hidraw`) };
  return {
    kind: "tcp",
    host: stringAt(json, "host", `${key}.host`),
    port: wholeAt(json, "port", 1, 65_535, `${key}.port`),
  };
}

function httpsAt(json: Json, key: string): HttpsReaderAddress {
  const fingerprint256 = stringAt(json, "fingerprint256", `${key}.fingerprint256`);
  if (!/^[0-9a-fA-F]{2}(:?[0-9a-fA-F]{2}){31}$/.test(fingerprint256))
    throw new Unusable(`${key}.fingerprint256`, "must be the 64 hex digits of the terminal's certificate");
  return {
    kind: "https",
    host: stringAt(json, "host", `${key}.host`),
    port: wholeAt(json, "port", 1, 65_535, `${key}.port`),
    fingerprint256,
    poiId: stringAt(json, "poiId", `${key}.poiId`),
    saleId: stringAt(json, "saleId", `${key}.saleId`),
    keyIdentifier: stringAt(json, "keyIdentifier", `${key}.keyIdentifier`),
    keyVersion: wholeAt(json, "keyVersion", 0, 65_535, `${key}.keyVersion`),
  };
}

function limitsOf(value: unknown): Config["limits"] {
  if (value === undefined || value === null) return NO_TENDER_LIMITS;
  const json = objectAt(value, "limits");
  const of = (method: TenderMethod): TenderLimits => {
    if (json[method] === undefined) return NO_TENDER_LIMITS[method];
    const its = objectAt(json[method], `limits.${method}`);
    const bound = (name: string): TenderLimits["tenderMinorMax"] =>
      its[name] === undefined || its[name] === null
        ? null
        : minor(wholeAt(its, name, 1, ORDER_TOTAL_MINOR_MAX, `limits.${method}.${name}`));
    return { tenderMinorMax: bound("tenderMinorMax"), checkMinorMax: bound("checkMinorMax") };
  };
  return { cash: of("cash"), card: of("card") };
}

function offlineOf(value: unknown): OfflineCardLimits | null {
  if (value === undefined || value === null) return null;
  const json = objectAt(value, "offlineCards");
  const money = (name: string): OfflineCardLimits["sumMinorMax"] =>
    minor(wholeAt(json, name, 1, ORDER_TOTAL_MINOR_MAX, `offlineCards.${name}`));
  return {
    tenderMinorMax: money("tenderMinorMax"),
    sumMinorMax: money("sumMinorMax"),
    cardsCountMax: wholeAt(json, "cardsCountMax", 1, 10_000, "offlineCards.cardsCountMax"),
    ageMsMax: wholeAt(json, "ageMsMax", 60_000, 30 * 86_400_000, "offlineCards.ageMsMax"),
  };
}

function lineOf(json: Json, key: string): { readonly path: string; readonly baudRate: number } {
  return {
    path: stringAt(json, "path", `${key}.path`),
    baudRate: wholeAt(json, "baudRate", 300, 4_000_000, `${key}.baudRate`),
  };
}

function staffOf(value: unknown): readonly ClerkGrant[] {
  const staff = arrayAt(value, "staff").map((entry, index): ClerkGrant => {
    const key = `staff[${index}]`;
    const json = objectAt(entry, key);
    const clerk = stringAt(json, "clerk", `${key}.clerk`);
    if (!isClerkId(clerk)) throw new Unusable(`${key}.clerk`, "must be 1 to 16 of A-Z a-z 0-9 _ -");
    const rights = arrayAt(json["rights"], `${key}.rights`).map((word) => rightOf(word, `${key}.rights`));
    // An event holds a short list of rights: a longer one could not be read back.
    if (new Set(rights).size !== rights.length)
      throw new Unusable(`${key}.rights`, "must not name a right twice");
    const name = stringAt(json, "name", `${key}.name`);
    if (!fits(name, CLERK_NAME_LENGTH_MAX)) {
      throw new Unusable(
        `${key}.name`,
        `must be text of at most ${CLERK_NAME_LENGTH_MAX} without control characters`,
      );
    }
    return { clerk, name, rights };
  });
  const codes = new Set<ClerkId>(staff.map((grant) => grant.clerk));
  if (codes.size !== staff.length) throw new Unusable("staff", "must not name a clerk twice");
  return staff;
}

function pinsOf(value: unknown): ReadonlyMap<ClerkId, PinHash> {
  const pins = new Map<ClerkId, PinHash>();
  for (const [index, entry] of arrayAt(value, "staff").entries()) {
    const json = objectAt(entry, `staff[${index}]`);
    const clerk = stringAt(json, "clerk");
    if (json["pin"] === undefined || !isClerkId(clerk)) continue;
    const key = `staff[${index}].pin`;
    const pin = objectAt(json["pin"], key);
    pins.set(clerk, {
      salt: bytesAt(pin, "salt", 16, `${key}.salt`),
      hash: bytesAt(pin, "hash", 32, `${key}.hash`),
    });
  }
  return pins;
}

function drawersOf(value: unknown): readonly DrawerId[] {
  if (value === undefined) return [drawerId("1")];
  const drawers = arrayAt(value, "drawers").map((name): DrawerId => {
    if (typeof name !== "string" || !isDrawerId(name))
      throw new Unusable("drawers", "must name each drawer by 1 to 16 of A-Z a-z 0-9 _ -");
    return name;
  });
  if (new Set(drawers).size !== drawers.length) throw new Unusable("drawers", "must not name a drawer twice");
  return drawers;
}

function roundingOf(value: unknown): CashRounding | null {
  if (value === undefined || value === null) return null;
  const json = objectAt(value, "cashRounding");
  const tie = stringAt(json, "tie", "cashRounding.tie");
  if (tie !== "up" && tie !== "down") throw new Unusable("cashRounding.tie", 'must be "up" or "down"');
  const incrementMinor = wholeAt(json, "incrementMinor", 1, 1_000_000, "cashRounding.incrementMinor");
  return { incrementMinor: minor(incrementMinor), tie };
}

function rightOf(value: unknown, key: string): Right {
  const right = RIGHTS.find((word) => word === value);
  if (right === undefined) throw new Unusable(key, `must hold only ${RIGHTS.join(", ")}`);
  return right;
}

function tenantAt(json: Json, key: string): string {
  const value = stringAt(json, key);
  if (!isTenant(value)) throw new Unusable(key, "must be 1 to 32 of A-Z a-z 0-9 _ -");
  return value;
}

function isObject(value: unknown): value is Json {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function objectAt(value: unknown, key: string): Json {
  if (!isObject(value)) throw new Unusable(key, "must be an object");
  return value;
}

function arrayAt(value: unknown, key: string): readonly unknown[] {
  if (!Array.isArray(value)) throw new Unusable(key, "must be a list");
  return value;
}

function textOf(value: unknown, key: string): string {
  // Names travel in events and on paper: what neither can hold is refused here.
  if (typeof value !== "string" || !fits(value, 200)) {
    throw new Unusable(key, "must be text of at most 200 without control characters");
  }
  return value;
}

function stringAt(json: Json, name: string, key: string = name): string {
  const value = textOf(json[name], key);
  if (value === "") throw new Unusable(key, "must not be empty");
  return value;
}

function flagAt(json: Json, name: string): boolean {
  const value = json[name];
  if (typeof value !== "boolean") throw new Unusable(name, "must be true or false");
  return value;
}

function bytesAt(json: Json, name: string, length: number, key: string): Uint8Array {
  const hex = stringAt(json, name, key);
  if (hex.length !== length * 2 || !/^[0-9a-f]+$/.test(hex))
    throw new Unusable(key, `must be ${length * 2} lower-case hex digits`);
  return Uint8Array.from(hex.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16));
}

function wholeAt(json: Json, name: string, min: number, max: number, key: string = name): number {
  const value = json[name];
  if (typeof value !== "number" || !Number.isSafeInteger(value) || value < min || value > max) {
    throw new Unusable(key, `must be a whole number from ${min} to ${max}`);
  }
  return value;
}

/**
 * Binds a terminal's ports to this machine: files, keys, clock, printer and bus, from its
 * configuration. What cannot be bound is said with a code, what is safe and what to do.
 */
import { existsSync, mkdirSync, readFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { findPrinterModel } from "../../drivers/printer/models.ts";
import { createVerifier } from "../../protocol/sign.ts";
import { RUNTIME_RELEASED_AT } from "../boot.ts";
import type { Catalogue } from "../catalogue.ts";
import { readCatalogue } from "../catalogue.ts";
import { readConfig } from "../config.ts";
import type { Config } from "../config.ts";
import type { PricingSource } from "../../core/price/rules/source.ts";
import { ownPricing, PRICING_FILE, readPricing } from "../pricing-rules.ts";
import type { PrinterPairing } from "../printer-pairing.ts";
import type { ScaleStation } from "../scale/desk.ts";
import type { ScanSource } from "../scan/source.ts";
import type { TerminalParts } from "../terminal.ts";
import { bindPrinter, bindScale, bindScanner } from "./devices.ts";
import { KeyFault, loadSigner } from "./keys.ts";
import { lockDirectory } from "./lock.ts";
import type { DirectoryLock } from "./lock.ts";
import { machineClock, machineRng, machineTimers, sha256Text } from "./machine.ts";
import { createMqttBus } from "./mqtt-bus.ts";
import { openNodeDisk } from "./node-disk.ts";
import { bindReaders } from "./readers.ts";
import { zstd } from "./zstd.ts";

/** Unknown keys that a start names. */
const UNKNOWN_KEYS_TOLD_COUNT_MAX = 16;

/** What keeps a terminal from starting. */
export type StartFaultCode =
  | "config/missing"
  | "config/not_json"
  | "config/value"
  | "catalogue/missing"
  | "catalogue/not_json"
  | "catalogue/row"
  | "pricing/unusable"
  | "key/unreadable"
  | "data/unusable"
  | "data/in_use";

/** Why the terminal cannot start. Nothing was changed. */
export class StartFault extends Error {
  override readonly name = "StartFault";
  readonly code: StartFaultCode;
  constructor(code: StartFaultCode, message: string) {
    super(message);
    this.code = code;
  }
}

/** Everything that a terminal needs, and the lock to release after it. */
export interface Bound {
  readonly parts: TerminalParts;
  readonly lock: DirectoryLock;
  readonly pairing: PrinterPairing;
  /** Null without one of its own; closed by whoever stops the terminal. */
  readonly scanner: ScanSource | null;
  /** Null without one; closed by whoever stops the terminal. */
  readonly scale: ScaleStation | null;
}

/** Reads the configuration and binds every port; takes the lock of the data directory. */
export async function bindTerminal(
  configPath: string,
  dataDirectory: string,
  log: TerminalParts["log"],
): Promise<Bound> {
  const config = loadConfig(configPath, log);
  const catalogueFile = join(dirname(resolve(configPath)), config.catalogueFile);
  const catalogue = loadCatalogue(catalogueFile, config);
  const pricing = loadPricing(join(dirname(catalogueFile), PRICING_FILE), config);
  // Whatever only reads comes before the lock, so that a refused start holds nothing.
  refuseUnknownModel(config);
  const readers = readersOf(config);
  const link = linkOf(config);
  const directory = resolve(dataDirectory);
  makeDirectory(directory);
  const lock = await lockDirectory(directory);
  if (lock === null) {
    throw new StartFault(
      "data/in_use",
      `Another terminal runs on ${directory}. It was left alone. Stop it first.`,
    );
  }
  try {
    const parts = await partsOf(config, catalogue, directory, log);
    const { slot, pairing } = bindPrinter(config, directory, log);
    const scanner = bindScanner(config, catalogue, log);
    const scale = bindScale(config, log);
    const own = pricing === null ? {} : { pricing };
    return { parts: { ...parts, ...own, printer: slot, readers, link }, lock, pairing, scanner, scale };
  } catch (cause) {
    await lock.release();
    throw cause;
  }
}

async function partsOf(
  config: Config,
  catalogue: Catalogue,
  directory: string,
  log: TerminalParts["log"],
): Promise<Omit<TerminalParts, "printer" | "link">> {
  return {
    config,
    catalogue,
    disk: await openNodeDisk(directory),
    clock: machineClock,
    timers: machineTimers,
    rng: machineRng,
    sha256: sha256Text,
    signer: signerOf(directory),
    clockWatch: { releasedAt: RUNTIME_RELEASED_AT },
    log,
  };
}

function loadConfig(path: string, log: TerminalParts["log"]): Config {
  if (!existsSync(path)) throw new StartFault("config/missing", `There is no configuration at ${path}.`);
  const config = readConfig(readText(path, "config/not_json"));
  if (!config.ok) throw new StartFault(config.code, config.message);
  for (const key of config.unknownKeys.slice(0, UNKNOWN_KEYS_TOLD_COUNT_MAX))
    log("config/unknown_key", `${key} means nothing to this release and was passed over`);
  return config.value;
}

function loadCatalogue(path: string, config: Config): Catalogue {
  if (!existsSync(path)) {
    throw new StartFault("catalogue/missing", `catalogueFile names ${path}, which is not there.`);
  }
  const catalogue = readCatalogue(readText(path, "catalogue/not_json"), config.receiptLanguage);
  if (!catalogue.ok) throw new StartFault(catalogue.code, catalogue.message);
  return catalogue.value;
}

/** The terminal's own pricing rules; null without a file. One that cannot be used keeps the shop shut, as a catalogue does. */
function loadPricing(path: string, config: Config): PricingSource | null {
  if (!existsSync(path)) return null;
  const text = readText(path, "pricing/unusable");
  const { receiptLanguage, currency, store, zoneMinutes } = config;
  const read = readPricing(text, receiptLanguage, currency);
  if (!read.ok) throw new StartFault("pricing/unusable", `${PRICING_FILE}: ${read.message}`);
  return ownPricing(read.value, text, { store, channel: "counter", zoneMinutes });
}

function makeDirectory(directory: string): void {
  try {
    mkdirSync(directory, { recursive: true, mode: 0o700 });
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new StartFault("data/unusable", `${directory} cannot be the data directory: ${reason}`);
  }
}

/** The text of a file, without the mark that some editors put before it. */
function readText(path: string, code: StartFaultCode): string {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(readFileSync(path));
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new StartFault(code, `${path} cannot be read as UTF-8 text: ${reason}`);
  }
}

function signerOf(directory: string): TerminalParts["signer"] {
  try {
    return loadSigner(join(directory, "keys"), machineRng);
  } catch (cause) {
    if (cause instanceof KeyFault) throw new StartFault(cause.code, cause.message);
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new StartFault("data/unusable", `The terminal's key cannot be kept in ${directory}: ${reason}`);
  }
}

function refuseUnknownModel({ printer }: Config): void {
  if (printer !== null && findPrinterModel(printer.model) === undefined)
    throw new StartFault("config/value", `printer.model ${printer.model} is not a known model`);
}

function readersOf(config: Config): NonNullable<TerminalParts["readers"]> {
  const readers = bindReaders(config);
  if (!readers.ok) throw new StartFault("config/value", readers.message);
  return readers.value;
}

function linkOf(config: Config): TerminalParts["link"] {
  if (config.hq === null) return null;
  const hqKey = createVerifier(config.hq.publicKey);
  if (!hqKey.ok) throw new StartFault("config/value", `hq.publicKey may not be trusted: ${hqKey.code}`);
  const { host, port } = config.hq;
  const bus = createMqttBus({ host, port, clientId: config.terminal });
  return { bus, hqKey: hqKey.value, squeezer: zstd };
}

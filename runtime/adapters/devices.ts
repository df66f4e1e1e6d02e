/**
 * The devices of a terminal on this machine: the printer over the network or a serial line, the scanner
 * on a serial line or a hidraw node, and the scale on either of the first two. Also where a pairing is kept. Decides nothing about jobs
 * and codes; drivers do.
 */
import { readFileSync } from "node:fs";
import { open, rename } from "node:fs/promises";
import { join } from "node:path";
import { RECEIPT_WORDS } from "../../core/receipt/words.ts";
import { createHidrawPort } from "../../drivers/port/hidraw.ts";
import type { Port } from "../../drivers/port/port.ts";
import { listSerial } from "../../drivers/port/serial-list.ts";
import type { SerialPortOptions } from "../../drivers/port/serial.ts";
import { createSerialPort } from "../../drivers/port/serial.ts";
import { createTcpPort } from "../../drivers/port/tcp.ts";
import { SHOP_PATIENCE, createPrinter } from "../../drivers/printer/driver.ts";
import { findPrinterModel } from "../../drivers/printer/models.ts";
import { createHidScanner, createScanner } from "../../drivers/scanner/driver.ts";
import { FRAME_CONFIG } from "../../drivers/scanner/frame.ts";
import { HID_REPORT_BYTES } from "../../drivers/scanner/hid-report.ts";
import { createScale } from "../../drivers/scale/driver.ts";
import type { Catalogue } from "../catalogue.ts";
import { readPrinter } from "../config.ts";
import type { Config } from "../config.ts";
import { causeWords } from "../log.ts";
import { PrinterPairing } from "../printer-pairing.ts";
import { PrinterSlot } from "../printer-slot.ts";
import { openScaleStation } from "../scale/desk.ts";
import type { ScaleStation } from "../scale/desk.ts";
import { scanRules } from "../scan/rules.ts";
import { openScanSource } from "../scan/source.ts";
import type { ScanSource } from "../scan/source.ts";
import type { PairedPrinter, PrinterAddress } from "../ui/panels.ts";
import { machineTimers } from "./machine.ts";

type Log = (code: string, detail: string) => void;

const CONNECT_TIMEOUT_MS = 5000;
const WRITE_TIMEOUT_MS = 10_000;
const PRINTER_QUEUE_BYTES_MAX = 131_072;
const SCANNER_QUEUE_BYTES_MAX = 1024;
const SCALE_QUEUE_BYTES_MAX = 256;
const USUAL_LINE = { dataBits: 8, parity: "none", stopBits: 1, rtscts: false } as const;
const SCALE_LINE = { dataBits: 7, parity: "even", stopBits: 1, rtscts: false } as const;
const HIDRAW_POLL_MS = 10;
/** The pairing, in the data directory: the configuration may belong to somebody else. */
const PAIRING_FILE = "printer.json";

/** The terminal's printer with what was paired last, else what the configuration names; and its pairing. */
export function bindPrinter(
  config: Config,
  directory: string,
  log: Log,
): { readonly slot: PrinterSlot; readonly pairing: PrinterPairing } {
  const { continued, reprint } = RECEIPT_WORDS[config.receiptLanguage];
  const options = { patience: SHOP_PATIENCE, markWords: { resumed: continued, reprinted: reprint } };
  const slot = new PrinterSlot(({ address, model }) => {
    const row = findPrinterModel(model);
    if (row === undefined) return null;
    return createPrinter(() => printerPort(address), machineTimers, row, options);
  }, machineTimers);
  const paired = pairedIn(directory, log) ?? config.printer;
  if (paired !== null && !slot.pair(paired)) slot.pair(config.printer);
  const pairing = new PrinterPairing({
    slot,
    shopName: config.shop.name,
    language: config.receiptLanguage,
    save: (its) => savePairing(directory, its, log),
    serialPaths: () => listSerial(),
  });
  return { slot, pairing };
}

/** The scanner that the configuration names, listened to from now on; null for none. */
export function bindScanner(config: Config, catalogue: Catalogue, log: Log): ScanSource | null {
  const { scanner } = config;
  if (scanner === null) return null;
  const how = { frame: FRAME_CONFIG, read: scanRules(catalogue, config.currency) };
  return openScanSource(
    (listeners) =>
      scanner.kind === "serial"
        ? createScanner(() => linePort(scanner, SCANNER_QUEUE_BYTES_MAX), machineTimers, how, listeners)
        : createHidScanner(() => hidPort(scanner.path), machineTimers, how, listeners),
    log,
  );
}

/** The scale that the configuration names, asked from now on; null for none. */
export function bindScale({ scale }: Pick<Config, "scale">, log: Log): ScaleStation | null {
  if (scale === null) return null;
  const openPort = (): Port =>
    scale.kind === "serial"
      ? linePort(scale, SCALE_QUEUE_BYTES_MAX, SCALE_LINE)
      : tcpPort(scale, SCALE_QUEUE_BYTES_MAX);
  return openScaleStation((onAnswer) => createScale(openPort, machineTimers, onAnswer), log);
}

function printerPort(address: PrinterAddress): Port {
  if (address.kind === "serial") return linePort(address, PRINTER_QUEUE_BYTES_MAX);
  return tcpPort(address, PRINTER_QUEUE_BYTES_MAX);
}

function tcpPort(
  { host, port }: { readonly host: string; readonly port: number },
  queueBytesMax: number,
): Port {
  const limits = { writeTimeoutMs: WRITE_TIMEOUT_MS, queueBytesMax };
  return createTcpPort(
    { host, tcpPort: port, connectTimeoutMs: CONNECT_TIMEOUT_MS, ...limits },
    machineTimers,
  );
}

function linePort(
  { path, baudRate }: { readonly path: string; readonly baudRate: number },
  queueBytesMax: number,
  line: Pick<SerialPortOptions, "dataBits" | "parity" | "stopBits" | "rtscts"> = USUAL_LINE,
): Port {
  return createSerialPort(
    { path, baudRate, ...line, writeTimeoutMs: WRITE_TIMEOUT_MS, queueBytesMax },
    machineTimers,
  );
}

function hidPort(path: string): ReturnType<typeof createHidrawPort> {
  return createHidrawPort(
    {
      path,
      access: "read",
      reportBytesMax: HID_REPORT_BYTES,
      pollMs: HIDRAW_POLL_MS,
      writeTimeoutMs: WRITE_TIMEOUT_MS,
      queueBytesMax: SCANNER_QUEUE_BYTES_MAX,
    },
    machineTimers,
  );
}

function pairedIn(directory: string, log: Log): PairedPrinter | null {
  let json: string;
  try {
    json = readFileSync(join(directory, PAIRING_FILE), "utf8");
  } catch {
    // Nothing was paired at the screen.
    return null;
  }
  const paired = readPrinter(json);
  if (paired === null) log("printer/pairing_unreadable", "what the configuration names is used");
  return paired;
}

/** Whole or not at all: a pairing that was cut off by the power is the one before it. */
async function savePairing(directory: string, { address, model }: PairedPrinter, log: Log): Promise<boolean> {
  const { kind: _kind, ...where } = address;
  const path = join(directory, PAIRING_FILE);
  try {
    const file = await open(`${path}.new`, "w", 0o600);
    try {
      await file.writeFile(`${JSON.stringify({ ...where, model })}\n`);
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(`${path}.new`, path);
    return true;
  } catch (cause) {
    log("printer/not_saved", causeWords(cause));
    return false;
  }
}

/**
 * The card readers of a terminal on this machine, by the rows of drivers/reader/registry.ts. A model that
 * is not known, or a way of connecting that it does not have, keeps the terminal from starting.
 */
import { createHidrawPort } from "../../drivers/port/hidraw.ts";
import type { Port } from "../../drivers/port/port.ts";
import { createSerialPort } from "../../drivers/port/serial.ts";
import { createTcpPort } from "../../drivers/port/tcp.ts";
import type { Reader } from "../../drivers/reader/reader.ts";
import { READER_ROWS, readerRow } from "../../drivers/reader/registry.ts";
import type { ReaderParts } from "../../drivers/reader/registry.ts";
import type { Config, ReaderConfig } from "../config.ts";
import { RUNTIME_VERSION } from "../boot.ts";
import { createHttpsExchange } from "./https-exchange.ts";
import { machineTimers } from "./machine.ts";
import { nexoCrypto } from "./nexo-crypto.ts";

const CONNECT_TIMEOUT_MS = 5000;
const WRITE_TIMEOUT_MS = 10_000;
/** A slip's text block is the largest message there is. */
const QUEUE_BYTES_MAX = 16_384;
/** Reports of HID readers with their id, and how often the node is asked for one. */
const HID_REPORTS = { reportBytesMax: 64, pollMs: 10 };

/** Why a reader of the configuration cannot be had; `message` names its key. */
export interface ReaderRefused {
  readonly ok: false;
  readonly message: string;
}

/** The readers by name, or the first that cannot be had. Nothing connects before a terminal asks. */
export function bindReaders({
  readers,
  currency,
}: Pick<Config, "readers" | "currency">):
  | { readonly ok: true; readonly value: ReadonlyMap<string, Reader> }
  | ReaderRefused {
  const bound = new Map<string, Reader>();
  for (const [index, reader] of readers.entries()) {
    const row = readerRow(reader.model);
    const key = `readers[${index}]`;
    if (row === undefined) {
      const known = READER_ROWS.map(({ model }) => model).join(", ");
      return { ok: false, message: `${key}.model ${reader.model} is not one of ${known}` };
    }
    const link = linkOf(reader.address);
    if (!row.links.includes(link.kind))
      return { ok: false, message: `${key} must be connected by ${row.links.join(" or ")}` };
    const { password } = reader;
    bound.set(reader.name, row.make({ timers: machineTimers, link, password, currency }));
  }
  return { ok: true, value: bound };
}

function linkOf(address: ReaderConfig["address"]): ReaderParts["link"] {
  const limits = { writeTimeoutMs: WRITE_TIMEOUT_MS, queueBytesMax: QUEUE_BYTES_MAX };
  switch (address.kind) {
    case "tcp": {
      const { host, port } = address;
      const where = { host, tcpPort: port, connectTimeoutMs: CONNECT_TIMEOUT_MS };
      return { kind: "tcp", openPort: () => createTcpPort({ ...where, ...limits }, machineTimers) };
    }
    case "serial": {
      const { path, baudRate } = address;
      // ZVT lines are 8N2 (PA00P016, section 2).
      const line = { dataBits: 8, parity: "none", stopBits: 2, rtscts: false } as const;
      const openPort = (): Port => createSerialPort({ path, baudRate, ...line, ...limits }, machineTimers);
      return { kind: "serial", openPort };
    }
    case "hidraw": {
      const options = { path: address.path, access: "read_write", ...HID_REPORTS, ...limits } as const;
      return { kind: "hid", openHid: () => createHidrawPort(options, machineTimers) };
    }
    case "https": {
      const { host, port, fingerprint256, poiId, saleId, keyIdentifier, keyVersion } = address;
      return {
        kind: "https",
        exchange: createHttpsExchange({ host, port, path: "/nexo", fingerprint256 }),
        crypto: nexoCrypto,
        ends: { poiId, saleId },
        key: { identifier: keyIdentifier, version: keyVersion },
        softwareVersion: RUNTIME_VERSION,
        nowIso: () => new Date().toISOString(),
      };
    }
  }
}

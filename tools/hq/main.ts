/**
 * Starts headquarters on a data folder: lock, database, store, keys, front or bridge, projector, in this
 * order, and stops them in reverse on SIGTERM or SIGINT.
 */
import { join } from "node:path";
import type { RunningConsole } from "./console/serve.ts";
import { faultLine, HqFault } from "./fault.ts";
import { startHq } from "./hq.ts";
import type { Hq } from "./hq.ts";
import { openInstance } from "./instance.ts";
import { headquartersKey } from "./keys.ts";
import {
  brokerIn,
  consoleHostIn,
  consolePortIn,
  dataDirIn,
  hostIn,
  portIn,
  readOptions,
  tenantIn,
  zoneIn,
} from "./options.ts";
import type { OptionValues } from "./options.ts";
import type { Store } from "./store/store.ts";

const HELP = `Headquarters: takes in what terminals record, and acknowledges what it holds for good.

  node tools/hq/main.ts --data DIR [--tenant demo] [--port 1883] [--host 127.0.0.1]
  node tools/hq/main.ts --data DIR [--tenant demo] --broker HOST:PORT

  --data DIR     where it keeps its database and its keys; made on the first start
  --tenant NAME  whose terminals it serves; a terminal is registered by the file
                 DIR/keys/terminals/NAME/<terminal>.pub (64 hex digits: its public key)
  --port N       where terminals connect (MQTT 3.1.1); 0 takes any free port
  --host ADDRESS the address to listen on
  --broker HOST:PORT
                 serve through this MQTT 3.1.1 broker instead of listening; the
                 broker's state may be lost at any time
  --console PORT opens the console for browsers on this port; 0 takes any free one
  --console-host ADDRESS
                 the address that the console listens on, loopback by default
  --zone MINUTES the shop's zone in minutes ahead of UTC, 0 by default
  --help         this text

Prints one line of JSON when it is ready. Ctrl-C stops it.
`;

const EXIT_USAGE = 2;

void main(process.argv.slice(2)).then(
  (exitCode) => {
    process.exitCode = exitCode;
  },
  (error: unknown) => {
    process.stderr.write(`${faultLine(error)}\n`);
    process.exitCode = error instanceof HqFault && error.code === "hq/configuration" ? EXIT_USAGE : 1;
  },
);

async function main(texts: readonly string[]): Promise<number> {
  const values = readOptions(texts, [
    "data",
    "tenant",
    "port",
    "host",
    "broker",
    "console",
    "console-host",
    "zone",
  ]);
  if (values["help"] !== undefined) {
    process.stdout.write(HELP);
    return 0;
  }
  const dataDir = dataDirIn(values, false);
  const tenant = tenantIn(values);
  const broker = brokerIn(values);
  const { host, port } = broker ?? { host: hostIn(values), port: portIn(values, 1883) };
  const shownAt = consolePlaceIn(values);
  const keysDir = join(dataDir, "keys");
  const asked = stopAsked();

  const instance = await openInstance(dataDir);
  try {
    const key = headquartersKey(keysDir);
    const door = broker === null ? {} : { broker };
    const hq = await startHq({ tenant, host, port, ...door, keysDir, ...key, store: instance.store, log });
    try {
      const shown = await consoleOf(shownAt, tenant, instance.store, hq);
      const ready = { ready: "hq", host, port: hq.port, tenant, data: dataDir, pid: process.pid };
      const address = shown === null ? {} : { console: shown.url };
      process.stdout.write(`${JSON.stringify({ ...ready, ...address })}\n`);
      const fault = await Promise.race([asked, instance.lost]);
      await shown?.close();
      if (fault === null) return 0;
      process.stderr.write(`${faultLine(fault)}\n`);
      return 1;
    } finally {
      await hq.stop();
    }
  } finally {
    await instance.close();
  }
}

interface ConsolePlace {
  readonly host: string;
  readonly port: number;
  readonly zoneMinutes: number;
}

/** Where the console is to be, or null where none was asked for. */
function consolePlaceIn(values: OptionValues): ConsolePlace | null {
  const port = consolePortIn(values);
  return port === null ? null : { host: consoleHostIn(values), port, zoneMinutes: zoneIn(values) };
}

async function consoleOf(
  place: ConsolePlace | null,
  tenant: string,
  store: Store,
  hq: Hq,
): Promise<RunningConsole | null> {
  if (place === null) return null;
  // Loaded here alone: a headquarters without a console needs no bundler.
  const { startConsole } = await import("./console/serve.ts");
  const context = {
    tenant,
    store,
    zoneMinutes: place.zoneMinutes,
    nowMs: Date.now,
    authoring: hq.authoring,
    holdings: () => hq.holdings(),
    log,
  };
  return await startConsole(context, place);
}

function stopAsked(): Promise<null> {
  return new Promise((resolve) => {
    process.once("SIGTERM", () => resolve(null));
    process.once("SIGINT", () => resolve(null));
  });
}

function log(line: string): void {
  process.stderr.write(`${new Date().toISOString()} ${line}\n`);
}

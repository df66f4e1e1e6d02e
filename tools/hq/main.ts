/**
 * Starts headquarters on a data folder: lock, database, store, keys, front or bridge, projector, in this
 * order, and stops them in reverse on SIGTERM or SIGINT.
 */
import { join } from "node:path";
import { createLog } from "../../runtime/adapters/log.ts";
import { tellSupervisor } from "../../runtime/adapters/supervisor.ts";
import { causeFacts } from "../../runtime/log.ts";
import { faultLine, HqFault } from "./fault.ts";
import { startHq } from "./hq.ts";
import { openInstance } from "./instance.ts";
import { headquartersKey } from "./keys.ts";
import { addressIn, brokerIn, dataDirIn, logFormatIn, portIn, readOptions, tenantIn } from "./options.ts";
import { shownIn, startShown } from "./shown.ts";

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
  --health PORT  answers GET /health and GET /ready on this port, without a token
  --health-host ADDRESS
                 the address that health listens on, loopback by default
  --log-format F how stderr is written: text (the default), or json, one event a line
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
    const isUsage = error instanceof HqFault && error.code === "hq/configuration";
    // A person reads the first; a log that is not text takes what became of a start as an event.
    if (isUsage || !process.argv.includes("json")) process.stderr.write(`${faultLine(error)}\n`);
    else createLog("json")("hq/failed", causeFacts(error));
    process.exitCode = isUsage ? EXIT_USAGE : 1;
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
    "health",
    "health-host",
    "log-format",
    "zone",
  ]);
  if (values["help"] !== undefined) {
    process.stdout.write(HELP);
    return 0;
  }
  const dataDir = dataDirIn(values, false);
  const tenant = tenantIn(values);
  const broker = brokerIn(values);
  const { host, port } = broker ?? { host: addressIn(values, "host"), port: portIn(values, 1883) };
  const asked = shownIn(values);
  const log = createLog(logFormatIn(values));
  const keysDir = join(dataDir, "keys");
  const isStopAsked = stopAsked();

  const instance = await openInstance(dataDir);
  try {
    const key = headquartersKey(keysDir);
    const door = broker === null ? {} : { broker };
    const hq = await startHq({ tenant, host, port, ...door, keysDir, ...key, store: instance.store, log });
    try {
      const shown = await startShown(asked, { tenant, store: instance.store, hq, dataDir, log });
      const ready = { ready: "hq", host, port: hq.port, tenant, data: dataDir, pid: process.pid };
      process.stdout.write(`${JSON.stringify({ ...ready, ...shown.said })}\n`);
      log("hq/ready", { tenant, port: hq.port, pid: process.pid });
      const supervisor = tellSupervisor(log);
      const fault = await Promise.race([isStopAsked, instance.lost]);
      supervisor.stop();
      await shown.close();
      if (fault !== null) {
        log("hq/failed", causeFacts(fault));
        return 1;
      }
    } finally {
      await hq.stop();
    }
  } finally {
    await instance.close();
  }
  log("hq/stopped");
  return 0;
}

function stopAsked(): Promise<null> {
  return new Promise((resolve) => {
    process.once("SIGTERM", () => resolve(null));
    process.once("SIGINT", () => resolve(null));
  });
}

/**
 * The demo shop: headquarters, the bundled terminal, a virtual printer and a virtual card reader, each on
 * free ports, each with its data in its own folder. What the terminal needs to know of the others is
 * written into its configuration; keys are made on the first start and registered by file.
 */
import { copyFileSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { loadSigner } from "../../runtime/adapters/keys.ts";
import { lockDirectory } from "../../runtime/adapters/lock.ts";
import type { DirectoryLock } from "../../runtime/adapters/lock.ts";
import { keepPin } from "../../runtime/adapters/pin-hasher.ts";
import { machineRng } from "../../runtime/adapters/machine.ts";
import { RIGHTS } from "../../runtime/config.ts";
import type { Config } from "../../runtime/config.ts";
import { buildFirmware } from "../build/bundle.ts";
import { PROJECT_ROOT } from "../build/root.ts";
import { startVirtualPrinter } from "../sim/printer/server.ts";
import { startVirtualReader } from "../sim/reader/server.ts";
import { OLDER } from "../sim/reader/zvt/behaviour.ts";
import { startChild } from "./child.ts";
import type { Child } from "./child.ts";

/** Says that a folder was made by this tool. */
const DEMO_MARK = "DEMO-SHOP.txt";

/** The demo shop cannot have this folder. Nothing in it was changed. */
export class DemoFault extends Error {
  override readonly name = "DemoFault";
  readonly code: "run/in_use" | "run/not_ours";
  constructor(code: "run/in_use" | "run/not_ours", message: string) {
    super(`${code}: ${message}`);
    this.code = code;
  }
}

/** Who owns the demo shop. */
export const DEMO_TENANT = "demo";
/** Where it is, in minutes ahead of UTC. */
const DEMO_ZONE_MINUTES = 480;
/** Its one terminal. */
export const DEMO_TERMINAL = "T1";

/** The manager of the demo shop, who signs on and approves by this PIN. A PIN of a real shop is never written down like this. */
export const DEMO_MANAGER = "Hua 华店长";
export const DEMO_MANAGER_PIN = "2468";

/** The demo shop's card terminal: it takes back what was not acknowledged, and its currency is the shop's. */
const DEMO_READER = { ...OLDER, currency: "0156" };

export interface DemoOptions {
  /** Where all data of the demo lives; kept between starts. */
  readonly directory: string;
  /** Forgets everything of earlier starts first. */
  readonly isFresh: boolean;
  /** The firmware to run; built into `directory`/firmware when null. */
  readonly firmware: string | null;
  /** Told before each step, for people. */
  readonly onStep: (step: string) => void;
}

export interface Demo {
  /** Of the terminal that runs now: each start draws another. */
  readonly screenUrl: string;
  readonly printerPageUrl: string;
  /** Where the card holder is played. */
  readonly readerPageUrl: string;
  readonly hqPort: number;
  /** Headquarters' console, with its token. */
  readonly consoleUrl: string;
  readonly hqDirectory: string;
  readonly hq: Child;
  /** The terminal's own data folder. */
  readonly terminalDirectory: string;
  /** The one that runs now. */
  readonly terminal: Child;
  /** Takes the terminal's power away (SIGKILL) and starts it again; its screen is to be opened anew. */
  cutPower(): Promise<void>;
  /** Stops all in the reverse order of the start. */
  stop(): Promise<void>;
}

/** Starts the demo shop; what was started is stopped again when a later part fails. */
export async function startDemo(options: DemoOptions): Promise<Demo> {
  const lock = await claim(options);
  const stops: (() => Promise<void>)[] = [() => lock.release()];
  const stop = async (): Promise<void> => {
    for (const each of stops.splice(0).reverse()) await each();
  };
  try {
    return await startAll(options, stops, stop);
  } catch (cause) {
    await stop();
    throw cause;
  }
}

/** The folder's lock comes before anything is deleted, and only a folder that this tool made is emptied. */
async function claim(options: DemoOptions): Promise<DirectoryLock> {
  const { directory, isFresh, onStep } = options;
  mkdirSync(directory, { recursive: true });
  const mark = join(directory, DEMO_MARK);
  const names = readdirSync(directory);
  if (names.length > 0 && !names.includes(DEMO_MARK)) {
    throw new DemoFault(
      "run/not_ours",
      `${directory} holds something else than a demo shop. It was left alone.`,
    );
  }
  const lock = await lockDirectory(directory);
  if (lock === null) {
    throw new DemoFault(
      "run/in_use",
      `A demo shop runs on ${directory} already. It was left alone. Stop it first.`,
    );
  }
  if (isFresh) {
    onStep("forgetting the data of earlier starts");
    for (const name of names) rmSync(join(directory, name), { recursive: true, force: true });
  }
  writeFileSync(
    mark,
    "The data of a tillwright demo shop. DATA=fresh deletes everything beside this file.\n",
  );
  return lock;
}

async function startDevices(
  directory: string,
  stops: (() => Promise<void>)[],
  onStep: (step: string) => void,
) {
  onStep("starting the virtual printer");
  const printer = await startVirtualPrinter({ tcpPort: 0, httpPort: 0, columnCount: 48 });
  stops.push(() => printer.close());
  onStep("starting the virtual card reader");
  const reader = await startVirtualReader({
    link: { kind: "tcp", tcpPort: 0 },
    httpPort: 0,
    behaviour: DEMO_READER,
    directory: join(directory, "reader"),
    faults: [],
  });
  stops.push(() => reader.close());
  return { printer, reader };
}

async function startAll(
  options: DemoOptions,
  stops: (() => Promise<void>)[],
  stop: () => Promise<void>,
): Promise<Demo> {
  const { directory, onStep } = options;
  const firmware = options.firmware ?? join(directory, "firmware");
  if (options.firmware === null) {
    onStep("bundling the terminal");
    await buildFirmware(firmware);
  }

  const { printer, reader } = await startDevices(directory, stops, onStep);
  onStep("starting headquarters (the first start makes its database)");
  const hqDirectory = join(directory, "hq");
  const terminalDirectory = join(directory, "terminal");
  registerTerminal(terminalDirectory, hqDirectory);
  const hq = await startHeadquarters(directory, hqDirectory);
  stops.push(() => hq.stop());
  const hqPort = Number(hq.ready["port"]);

  onStep("starting the terminal");
  const configPath = await writeConfig(directory, hqDirectory, hqPort, {
    printer: printer.tcpPort,
    reader: reader.tcpPort,
  });
  const startTerminal = (): Promise<Child> =>
    startChild({
      name: "the terminal",
      command: [
        process.execPath,
        join(firmware, "main.cjs"),
        "--config",
        configPath,
        "--data",
        terminalDirectory,
      ],
      cwd: firmware,
      logFile: join(directory, "terminal.log"),
    });
  let terminal = await startTerminal();
  stops.push(() => terminal.stop());
  return {
    get screenUrl() {
      return String(terminal.ready["screen"]);
    },
    printerPageUrl: `http://127.0.0.1:${printer.httpPort}/`,
    readerPageUrl: `http://127.0.0.1:${reader.httpPort}/`,
    hqPort,
    consoleUrl: String(hq.ready["console"]),
    hqDirectory,
    hq,
    terminalDirectory,
    get terminal() {
      return terminal;
    },
    cutPower: async () => {
      terminal.process.kill("SIGKILL");
      await terminal.exited;
      terminal = await startTerminal();
    },
    stop,
  };
}

function startHeadquarters(directory: string, hqDirectory: string): Promise<Child> {
  return startChild({
    name: "headquarters",
    command: [
      process.execPath,
      join(PROJECT_ROOT, "tools/hq/main.ts"),
      "--data",
      hqDirectory,
      "--tenant",
      DEMO_TENANT,
      "--port",
      "0",
      "--console",
      "0",
      "--zone",
      String(DEMO_ZONE_MINUTES),
    ],
    cwd: directory,
    logFile: join(directory, "hq.log"),
  });
}

/** Makes the terminal's key when there is none and gives headquarters its public half. */
function registerTerminal(terminalDirectory: string, hqDirectory: string): void {
  const keys = join(terminalDirectory, "keys");
  loadSigner(keys, machineRng);
  const registered = join(hqDirectory, "keys", "terminals", DEMO_TENANT);
  mkdirSync(registered, { recursive: true });
  copyFileSync(join(keys, "terminal.pub"), join(registered, `${DEMO_TERMINAL}.pub`));
}

async function writeConfig(
  directory: string,
  hqDirectory: string,
  hqPort: number,
  ports: { readonly printer: number; readonly reader: number },
): Promise<string> {
  const catalogueFile = "catalogue.json";
  copyFileSync(join(PROJECT_ROOT, "tools/run/demo/catalogue.json"), join(directory, catalogueFile));
  const pin = await keepPin(DEMO_MANAGER_PIN, machineRng);
  const publicKey = readFileSync(join(hqDirectory, "keys", "hq.pub"), "utf8").trim();
  const config: Omit<
    Config,
    | "hq"
    | "terminal"
    | "staff"
    | "pins"
    | "drawers"
    | "printer"
    | "scanner"
    | "scale"
    | "limits"
    | "offlineCards"
    | "readers"
  > &
    Record<"hq" | "terminal" | "staff" | "drawers" | "printer" | "readers", unknown> = {
    tenant: DEMO_TENANT,
    store: "s1",
    terminal: DEMO_TERMINAL,
    shop: {
      name: "豆与茶 Bean & Leaf",
      addressLines: ["18 Harbour Street / 港湾街18号", "Tel 0755-5550 0118"],
      footer: "谢谢光临 Thank you",
    },
    currency: "CNY",
    zoneMinutes: DEMO_ZONE_MINUTES,
    receiptLanguage: "zh",
    hq: { host: "127.0.0.1", port: hqPort, publicKey },
    printer: { host: "127.0.0.1", port: ports.printer, model: "gbk_80mm" },
    readers: [{ name: "1", model: "zvt", host: "127.0.0.1", port: ports.reader }],
    catalogueFile,
    openItemTaxPpm: 60_000,
    staff: [
      {
        clerk: "hua",
        name: DEMO_MANAGER,
        rights: RIGHTS,
        pin: { salt: hexOf(pin.salt), hash: hexOf(pin.hash) },
      },
      { clerk: "mei", name: "Mei 小梅", rights: RIGHTS.filter((right) => right !== "approve") },
      { clerk: "ben", name: "Ben 阿本", rights: ["sell", "reprint"] },
      { clerk: "lin", name: "Lin 小林", rights: ["sell", "void", "reprint", "training"] },
    ],
    drawers: ["1"],
    needsShift: false,
    armsReader: false,
    cashRounding: null,
    dayStartMinutes: 0,
    screenPort: 0,
  };
  const path = join(directory, "terminal.json");
  writeFileSync(path, `${JSON.stringify(config, null, 2)}\n`);
  return path;
}

function hexOf(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString("hex");
}

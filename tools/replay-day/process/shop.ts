/**
 * The folders of one run: a terminal's configuration, catalogue and key, and headquarters' data with
 * the terminal registered in it by file, as a person would set up a shop.
 *
 *     <run>/hq/            headquarters' data      <run>/hq.log
 *     <run>/terminal/      config.json, catalogue.json, data/      <run>/terminal.log
 */
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { terminalId } from "../../../core/ids.ts";
import { loadSigner } from "../../../runtime/adapters/keys.ts";
import { machineRng } from "../../../runtime/adapters/machine.ts";
import { terminalKeyPath } from "../../hq/keys.ts";
import { catalogueJson, TAX_PPM } from "../day/price-list.ts";
import type { PriceList } from "../day/price-list.ts";
import { CLERK } from "../day/script.ts";

/** The names of a run. */
export const TENANT = "replay";
export const TERMINAL = "till-1";
const STORE = "day";
/** ISO 4217: what the invoices of the file are in. */
export const CURRENCY = "GBP";

/** The paths of one terminal. */
export interface Till {
  readonly terminal: string;
  readonly dir: string;
  readonly dataDir: string;
  readonly configPath: string;
  readonly logPath: string;
}

/** The paths of one run. */
export interface Shop {
  readonly folder: string;
  readonly hqDataDir: string;
  readonly hqLogPath: string;
  readonly till: Till;
}

/** Makes the folders in the system's temporary folder and registers the terminal's new key. */
export function makeShop(list: PriceList): Shop {
  const folder = mkdtempSync(join(tmpdir(), "tillwright-day-"));
  const hqDataDir = makeHqDir(folder);
  return {
    folder,
    hqDataDir,
    hqLogPath: join(folder, "hq.log"),
    till: makeTill(hqDataDir, tillIn(folder, "terminal", TERMINAL), list),
  };
}

/** Headquarters' data folder in the folder of a run, made when it is missing. */
export function makeHqDir(folder: string): string {
  mkdirSync(join(folder, "hq"), { recursive: true });
  // The database may run as another user, who must get through to its own folder.
  chmodSync(folder, 0o755);
  return join(folder, "hq");
}

/** Where the terminal with this name has its things, below `folder`/`name`. */
export function tillIn(folder: string, name: string, terminal: string): Till {
  const dir = join(folder, name);
  return {
    terminal,
    dir,
    dataDir: join(dir, "data"),
    configPath: join(dir, "config.json"),
    logPath: join(folder, `${name}.log`),
  };
}

/** Makes a terminal's folders, or finds them, with its catalogue, and registers its key. */
export function makeTill(hqDataDir: string, till: Till, list: PriceList): Till {
  mkdirSync(till.dataDir, { recursive: true, mode: 0o700 });
  writeFileSync(join(till.dir, "catalogue.json"), catalogueJson(list));
  const { publicKey } = loadSigner(join(till.dataDir, "keys"), machineRng);
  const keyPath = terminalKeyPath(join(hqDataDir, "keys"), {
    tenant: TENANT,
    terminal: terminalId(till.terminal),
  });
  mkdirSync(dirname(keyPath), { recursive: true });
  writeFileSync(keyPath, `${Buffer.from(publicKey).toString("hex")}\n`);
  return till;
}

/** Writes the terminal's configuration: it meets headquarters, which has its key by now, at `hqPort`. */
export function writeConfig(hqDataDir: string, till: Till, hqPort: number): void {
  const publicKey = readFileSync(join(hqDataDir, "keys", "hq.pub"), "utf8").trim();
  const config = {
    tenant: TENANT,
    store: STORE,
    terminal: till.terminal,
    shop: { name: "A day of real sales", addressLines: [], footer: "" },
    currency: CURRENCY,
    zoneMinutes: 0,
    receiptLanguage: "en",
    hq: { host: "127.0.0.1", port: hqPort, publicKey },
    printer: null,
    catalogueFile: "catalogue.json",
    openItemTaxPpm: TAX_PPM,
    staff: [{ clerk: CLERK, name: "Day", rights: ["sell", "open_price", "blind_return"] }],
    screenPort: 0,
  };
  writeFileSync(till.configPath, JSON.stringify(config));
}

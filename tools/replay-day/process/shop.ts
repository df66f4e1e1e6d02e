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

/** The paths of one run. */
export interface Shop {
  readonly folder: string;
  readonly hqDataDir: string;
  readonly hqLogPath: string;
  readonly terminalDir: string;
  readonly terminalDataDir: string;
  readonly terminalConfigPath: string;
  readonly terminalLogPath: string;
}

/** Makes the folders in the system's temporary folder and registers the terminal's new key. */
export function makeShop(list: PriceList): Shop {
  const folder = mkdtempSync(join(tmpdir(), "tillwright-day-"));
  // The database may run as another user, who must get through to its own folder.
  chmodSync(folder, 0o755);
  const terminalDir = join(folder, "terminal");
  const shop: Shop = {
    folder,
    hqDataDir: join(folder, "hq"),
    hqLogPath: join(folder, "hq.log"),
    terminalDir,
    terminalDataDir: join(terminalDir, "data"),
    terminalConfigPath: join(terminalDir, "config.json"),
    terminalLogPath: join(folder, "terminal.log"),
  };
  mkdirSync(shop.hqDataDir);
  mkdirSync(shop.terminalDataDir, { recursive: true, mode: 0o700 });
  writeFileSync(join(terminalDir, "catalogue.json"), catalogueJson(list));
  const { publicKey } = loadSigner(join(shop.terminalDataDir, "keys"), machineRng);
  const keyPath = terminalKeyPath(join(shop.hqDataDir, "keys"), {
    tenant: TENANT,
    terminal: terminalId(TERMINAL),
  });
  mkdirSync(dirname(keyPath), { recursive: true });
  writeFileSync(keyPath, `${Buffer.from(publicKey).toString("hex")}\n`);
  return shop;
}

/** Writes the terminal's configuration: it meets headquarters, which has its key by now, at `hqPort`. */
export function writeConfig(shop: Shop, hqPort: number): void {
  const publicKey = readFileSync(join(shop.hqDataDir, "keys", "hq.pub"), "utf8").trim();
  const config = {
    tenant: TENANT,
    store: STORE,
    terminal: TERMINAL,
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
  writeFileSync(shop.terminalConfigPath, JSON.stringify(config));
}

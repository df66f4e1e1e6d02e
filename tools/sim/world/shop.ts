/**
 * The shops of a world: names, clerks and what each may do. Everything that is configuration in a
 * real shop and never changes in a simulated one.
 */
import { NO_TENDER_LIMITS } from "../../../core/context.ts";
import { clerkId, drawerId } from "../../../core/ids.ts";
import type { ClerkId, TerminalId } from "../../../core/ids.ts";
import type { ClerkGrant } from "../../../core/facts.ts";
import type { Config } from "../../../runtime/config.ts";

/** The clerk who may do everything, and one who may only sell. */
export const BOSS: ClerkId = clerkId("boss");
/** See BOSS. */
export const SAM: ClerkId = clerkId("sam");
/** Who opens and closes the day and takes receipts back; works in the canonical scripts alone. */
export const OWNER: ClerkId = clerkId("owner");

const STAFF: readonly ClerkGrant[] = [
  { clerk: BOSS, name: "The Boss", rights: ["sell", "open_price", "void", "blind_return", "reprint"] },
  { clerk: SAM, name: "Sam", rights: ["sell"] },
  { clerk: OWNER, name: "The Owner", rights: ["sell", "refund", "shift", "drawer"] },
];

/** The configuration of one terminal. */
export function tillConfig(terminal: TerminalId, store: string, tenant: string): Config {
  return {
    tenant,
    store,
    terminal,
    shop: { name: "Shop", addressLines: ["1 High Street"], footer: "" },
    currency: "GBP",
    zoneMinutes: 0,
    receiptLanguage: "en",
    hq: null,
    printer: null,
    scanner: null,
    scale: null,
    readers: [],
    limits: NO_TENDER_LIMITS,
    offlineCards: null,
    catalogueFile: "catalogue.json",
    openItemTaxPpm: 200_000,
    staff: STAFF,
    pins: new Map(),
    drawers: [drawerId("1")],
    needsShift: false,
    armsReader: false,
    cashRounding: null,
    dayStartMinutes: 0,
    screenPort: 0,
  };
}

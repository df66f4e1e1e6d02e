/**
 * What `decide` may look at beside the state: the world as arguments. The catalogue and the staff
 * list are configuration; what they say is copied into events, so that a replay needs neither.
 */
import type { ClerkId, DrawerId } from "./ids.ts";
import type { Minor, Ppm } from "./money.ts";
import type { PricingSource } from "./price/rules/source.ts";
import type { WallMs } from "./time.ts";
import type { ClerkGrant, TenderMethod } from "./facts.ts";

/** An item as the catalogue sells it. */
export interface Item {
  readonly sku: string;
  /** In the language of the store's receipts. */
  readonly name: string;
  readonly unitPriceMinor: Minor;
  /** Inclusive. */
  readonly taxPpm: Ppm;
  readonly isSoldOut: boolean;
  /** What promotions and tax tables may be about; empty for none. */
  readonly category: string;
  /** What headquarters published under this number says the price; 0 for the terminal's own catalogue. */
  readonly priceVersion: number;
}

/** How cash settles what is due where small coins are gone (ARITHMETIC section 5). */
export interface CashRounding {
  /** At least 1. */
  readonly incrementMinor: Minor;
  /** Where exactly half an increment goes. */
  readonly tie: "up" | "down";
}

/** What one method may take; null is no bound. */
export interface TenderLimits {
  readonly tenderMinorMax: Minor | null;
  /** All payments of one check together. */
  readonly checkMinorMax: Minor | null;
}

/** No method has a bound. */
export const NO_TENDER_LIMITS: Readonly<Record<TenderMethod, TenderLimits>> = {
  cash: { tenderMinorMax: null, checkMinorMax: null },
  card: { tenderMinorMax: null, checkMinorMax: null },
};

/** How far this shop accepts cards that no host has approved: its own risk (RELIABILITY section 1.1). */
export interface OfflineCardLimits {
  readonly tenderMinorMax: Minor;
  readonly sumMinorMax: Minor;
  readonly cardsCountMax: number;
  /** Of the oldest that waits. */
  readonly ageMsMax: number;
}

/** Everything that is looked up while deciding. */
export interface Context {
  /** ISO 4217 code of what this terminal takes. */
  readonly currency: string;
  /** The item of this code, or null when the catalogue has none. */
  readonly item: (sku: string) => Item | null;
  /** The clerk of this code in the staff list, or null. */
  readonly staff: (clerk: ClerkId) => ClerkGrant | null;
  /** The rate of items that the catalogue does not name. */
  readonly openItemTaxPpm: Ppm;
  /** Whether the staff list has a PIN for this clerk. */
  readonly hasPin: (clerk: ClerkId) => boolean;
  /** Drawers that this terminal may open. */
  readonly drawers: readonly DrawerId[];
  /** Whether cash is taken only while a shift is open. */
  readonly needsShift: boolean;
  readonly limits: Readonly<Record<TenderMethod, TenderLimits>>;
  /** The card reader that is connected under this name, by its serial; null for none. */
  readonly serialOf: (reader: string) => string | null;
  /** Null: cards are taken with their host's word only. */
  readonly offlineCards: OfflineCardLimits | null;
  /** Null where every amount can be paid in coins. */
  readonly cashRounding: CashRounding | null;
  /** The rules that prices are made by. */
  readonly pricing: PricingSource;
  /** The clock on the wall: for the business date alone, and not obeyed when it is flagged. */
  readonly wall: () => WallMs;
  /** The store's zone east of UTC. */
  readonly zoneMinutes: number;
  /** When a business day begins, in minutes after midnight: sales before it are yesterday's. */
  readonly dayStartMinutes: number;
  /** SHA-256 of the UTF-8 bytes of `text`, 32 bytes. */
  readonly sha256: (text: string) => Uint8Array;
}

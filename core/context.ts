/**
 * What `decide` may look at beside the state: the world as arguments. The catalogue and the staff
 * list are configuration; what they say is copied into events, so that a replay needs neither.
 */
import type { ClerkId } from "./ids.ts";
import type { Minor, Ppm } from "./money.ts";
import type { ClerkGrant } from "./types.ts";

/** An item as the catalogue sells it. */
export interface Item {
  readonly sku: string;
  /** In the language of the store's receipts. */
  readonly name: string;
  readonly unitPriceMinor: Minor;
  /** Inclusive. */
  readonly taxPpm: Ppm;
  readonly isSoldOut: boolean;
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
  /** SHA-256 of the UTF-8 bytes of `text`, 32 bytes. */
  readonly sha256: (text: string) => Uint8Array;
}

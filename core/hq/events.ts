/**
 * Events of headquarters' own journal, and those by which a terminal's journal says what it took of it.
 * Headquarters is a writer like every other: its name is HQ, its records have a gapless seq and a hash
 * chain. Their wire form is a row of protocol/event-table.ts; a field is never removed or given another
 * meaning.
 */
import type { CashRounding } from "../context.ts";
import type { ClerkGrant, Parent } from "../facts.ts";
import { terminalId } from "../ids.ts";
import type { ClerkId, Epoch, TerminalId } from "../ids.ts";
import type { Minor } from "../money.ts";
import type { WallMs } from "../time.ts";

/** The name under which headquarters writes; no terminal may have it. */
export const HQ_WRITER: TerminalId = terminalId("HQ");

/** A catalogue file, or a document of pricing rules, that is in force from a time on, until one with a later start. */
export interface CatalogueStart {
  /** Counts up with everything that headquarters publishes, from 1; 0 is the terminal's own file. */
  readonly version: number;
  /** Of the file's bytes, 32 bytes. */
  readonly sha256: Uint8Array;
  readonly byteCount: number;
  readonly startsAt: WallMs;
}
/** A price of one item from a time on, over what the catalogue says. */
export interface PriceStart {
  readonly unitPriceMinor: Minor;
  readonly startsAt: WallMs;
  readonly version: number;
}
/** A PIN as it is kept (RELIABILITY 7.7). */
export interface KeptPin {
  /** 16 bytes. */
  readonly salt: Uint8Array;
  /** 32 bytes. */
  readonly hash: Uint8Array;
}
/** What headquarters says of one clerk: who may do what, or that nobody of this name works here (null). */
export interface StaffWord {
  readonly clerk: ClerkId;
  readonly grant: ClerkGrant | null;
  /** Null for a clerk who signs on by name alone, and for nobody. */
  readonly pin: KeptPin | null;
}
/** Rules of the house; null leaves one to the terminal's own configuration. */
export interface HouseRules {
  readonly needsShift: boolean | null;
  /** An increment of 1 rounds nothing. */
  readonly cashRounding: CashRounding | null;
  readonly dayStartMinutes: number | null;
}

/** A catalogue file was published; its bytes travel beside the journal, named by their SHA-256. */
export interface CataloguePublished extends CatalogueStart {
  readonly type: "catalogue_published";
}
/** Pricing rules were published; the document's bytes travel beside the journal, named by their SHA-256. */
export interface PricingPublished extends CatalogueStart {
  readonly type: "pricing_published";
}
/** One item's price; prices that were set together share a version. */
export interface PriceSet extends PriceStart {
  readonly type: "price_set";
  readonly sku: string;
}
/** A clerk's rights and PIN; the newest word about a clerk stands, over the terminal's own list. */
export interface StaffSet extends ClerkGrant {
  readonly type: "staff_set";
  readonly pin: KeptPin | null;
}
/** This clerk works here no more, whatever the terminal's own list says. */
export interface StaffRemoved {
  readonly type: "staff_removed";
  readonly clerk: ClerkId;
}
/** The rules of the house; the newest stands as a whole. */
export interface ConfigSet extends HouseRules {
  readonly type: "config_set";
}
/** Events that headquarters writes beside item_availability_set. */
export type HqEvent = CataloguePublished | PricingPublished | PriceSet | StaffSet | StaffRemoved | ConfigSet;

/** A terminal took one commit block of headquarters' journal: its records verbatim, and where they end. */
export interface HqRecordsTaken {
  readonly type: "hq_records_taken";
  readonly epoch: Epoch;
  readonly fromSeq: number;
  /** The chain's hash behind the last of them. */
  readonly hash: Uint8Array;
  readonly records: readonly Uint8Array[];
}
/** One price of one item in a checkpoint. */
export interface PriceCarried extends PriceStart {
  readonly sku: string;
}
/** Follows day_carried in a checkpoint: what headquarters has said so far. */
export interface HqCarried {
  readonly type: "hq_carried";
  readonly position: Parent;
  readonly version: number;
  readonly catalogues: readonly CatalogueStart[];
  readonly prices: readonly PriceCarried[];
  readonly staff: readonly StaffWord[];
  readonly rules: HouseRules;
  readonly pricings: readonly CatalogueStart[];
}

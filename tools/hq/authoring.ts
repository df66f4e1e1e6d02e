/**
 * What headquarters may say to its terminals: the one door to its own journal, for the console and for
 * publish.ts. Everything is checked here before it is written; nothing is written by halves. It works
 * beside other processes on the same store: versions and seqs are drawn inside the store's transaction.
 */
import type { HouseRules, KeptPin, StaffWord } from "../../core/hq/events.ts";
import type { HqView } from "../../core/hq/view.ts";
import type { ItemAvailability } from "../../core/staff/events.ts";
import type { Position } from "../../protocol/message.ts";

/** A price to be set. */
export interface NewPrice {
  readonly sku: string;
  readonly unitPriceMinor: number;
}

/** A clerk as headquarters wants it; `rights` null takes the clerk away. */
export interface NewStaff {
  readonly clerk: string;
  readonly name: string;
  readonly rights: readonly string[] | null;
  /** Null for a clerk who signs on by name alone. */
  readonly pin: KeptPin | null;
}

/** Why something was not published. */
export type AuthoringCode =
  /** The catalogue file cannot be used; the message names the rows. */
  | "authoring/catalogue"
  /** A price is none, or one item has two. */
  | "authoring/price"
  /** A clerk, a name, a right or a PIN cannot be used. */
  | "authoring/staff"
  /** A sku is none. */
  | "authoring/item"
  /** A rule of the house is out of its range. */
  | "authoring/rules"
  /** There is nothing to publish. */
  | "authoring/nothing"
  /** More waits for its start, or stands beside the newest catalogue, than terminals keep. */
  | "authoring/too_many"
  /** The start lies before now, or beyond a year. */
  | "authoring/start";

/** What became of it. `version` is what lines are sold under; 0 where it is no version. `row` counts from 1. */
export type Authored =
  | { readonly ok: true; readonly version: number; readonly position: Position }
  | {
      readonly ok: false;
      readonly code: AuthoringCode;
      readonly message: string;
      readonly row: number | null;
    };

/** All of it is durable when a promise resolves; faults of the store reject. `startsAtMs` null means now. */
export interface Authoring {
  /** A whole catalogue file (see runtime/catalogue.ts); all prices that were set before its start end with it. */
  publishCatalogue(file: Uint8Array, startsAtMs: number | null): Promise<Authored>;
  /** These prices, under one new version. All or none. */
  setPrices(prices: readonly NewPrice[], startsAtMs: number | null): Promise<Authored>;
  setAvailability(items: readonly ItemAvailability[]): Promise<Authored>;
  setStaff(staff: readonly NewStaff[]): Promise<Authored>;
  /** The rules as a whole; null leaves one to each terminal's own configuration. */
  setRules(rules: HouseRules): Promise<Authored>;
  /** What was said so far: catalogues, prices (also those to come), staff, rules. */
  view(): Promise<HqView>;
  /** What was said of each clerk. */
  staff(): Promise<readonly StaffWord[]>;
  /** The bytes of a published catalogue file, or null when they are not held. */
  catalogueFile(sha256: Uint8Array): Promise<Uint8Array | null>;
}

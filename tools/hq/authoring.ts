/**
 * What headquarters may say to its terminals: the one door to its own journal, for the console and for
 * publish.ts. Everything is checked here before it is written; nothing is written by halves. It works
 * beside other processes on the same store: versions and seqs are drawn inside the store's transaction.
 */
import type { ClerkGrant } from "../../core/facts.ts";
import type { CatalogueStart, HouseRules, KeptPin, StaffWord } from "../../core/hq/events.ts";
import type { HqView } from "../../core/hq/view.ts";
import { isClerkId } from "../../core/ids.ts";
import {
  CLERK_NAME_LENGTH_MAX,
  HQ_CATALOGUES_COUNT_MAX,
  HQ_ITEM_PRICES_COUNT_MAX,
  HQ_PRICES_COUNT_MAX,
  HQ_STAFF_COUNT_MAX,
  SKU_TEXT_LENGTH_MAX,
  SOLD_OUT_COUNT_MAX,
  UNIT_PRICE_MINOR_MAX,
} from "../../core/limits.ts";
import { minor } from "../../core/money.ts";
import { fits, isWhole } from "../../core/order/decide-lines.ts";
import { readRules } from "../../core/price/rules/read.ts";
import type { ItemAvailability } from "../../core/staff/events.ts";
import { wallMs } from "../../core/time.ts";
import type { WallMs } from "../../core/time.ts";
import type { Event } from "../../core/types.ts";
import { sha256 } from "../../protocol/hash.ts";
import { BLOB_BYTES_MAX, BLOB_CHUNK_BYTES_MAX } from "../../protocol/limits.ts";
import type { Position } from "../../protocol/message.ts";
import { readCatalogue } from "../../runtime/catalogue.ts";
import { RIGHTS } from "../../runtime/config.ts";
import { HqFault } from "./fault.ts";
import type { HqJournal } from "./journal/journal.ts";
import type { AvailabilitySaid, Said } from "./journal/said.ts";
import type { Store } from "./store/store.ts";

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
  /** The pricing rules cannot be sold by; the message says what is wrong and where. */
  | "authoring/pricing"
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
  /** A whole document of pricing rules (see core/price/rules/read.ts), for the orders that begin from its start on. */
  publishPricing(document: Uint8Array, startsAtMs: number | null): Promise<Authored>;
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
  /** What was said of each item's availability last. */
  availability(): Promise<ReadonlyMap<string, AvailabilitySaid>>;
  /** The newest publications, oldest first. */
  said(): Promise<readonly Said[]>;
  /** The bytes of a published file, or null when they are not held. */
  fileOf(sha256: Uint8Array): Promise<Uint8Array | null>;
}

/** Prices of one publication, and beside one catalogue: terminals keep twice as many. */
const PRICES_COUNT_MAX = HQ_PRICES_COUNT_MAX / 2;
/** The farthest start. */
const START_AHEAD_MS_MAX = 366 * 86_400_000;
const MINUTES_OF_DAY = 1440;
const CASH_INCREMENT_MINOR_MAX = 10_000;
const PIN_SALT_BYTES = 16;
const PIN_HASH_BYTES = 32;

type Refusal = Extract<Authored, { ok: false }>;
type Decided = { readonly events: readonly Event[]; readonly version: number } | Refusal;

/** What the door leads to. */
export interface AuthoringOptions {
  readonly tenant: string;
  readonly store: Pick<Store, "putBlob" | "blobPiece">;
  readonly journal: HqJournal;
  readonly nowMs: () => number;
}

/** The door to this journal. */
export function createAuthoring(options: AuthoringOptions): Authoring {
  return new Author(options);
}

class Author implements Authoring {
  readonly #options: AuthoringOptions;

  constructor(options: AuthoringOptions) {
    this.#options = options;
  }

  async publishCatalogue(file: Uint8Array, startsAtMs: number | null): Promise<Authored> {
    const wrong = catalogueWrong(file);
    if (wrong !== null) return no("authoring/catalogue", wrong);
    return await this.#publishFile(file, startsAtMs, "catalogue_published", ({ catalogues }) => catalogues);
  }

  async publishPricing(document: Uint8Array, startsAtMs: number | null): Promise<Authored> {
    const wrong = pricingWrong(document);
    if (wrong !== null) return no("authoring/pricing", wrong);
    return await this.#publishFile(document, startsAtMs, "pricing_published", ({ pricings }) => pricings);
  }

  async #publishFile(
    file: Uint8Array,
    startsAtMs: number | null,
    type: "catalogue_published" | "pricing_published",
    listOf: (view: HqView) => readonly CatalogueStart[],
  ): Promise<Authored> {
    const name = sha256(file);
    const { tenant, store } = this.#options;
    // Held before it is named: no terminal asks for what is not there.
    await store.putBlob(tenant, hexOf(name), file);
    return this.#write((view, now) => {
      const startsAt = startOf(now, startsAtMs);
      if (typeof startsAt !== "number") return startsAt;
      const toCome = listOf(view).filter((its) => its.startsAt > now);
      if (toCome.length + 2 >= HQ_CATALOGUES_COUNT_MAX)
        return no("authoring/too_many", `${toCome.length} files wait for their start already`);
      const version = view.version + 1;
      return {
        version,
        events: [{ type, version, sha256: name, byteCount: file.length, startsAt }],
      };
    });
  }

  setPrices(prices: readonly NewPrice[], startsAtMs: number | null): Promise<Authored> {
    return this.#write((view, now) => {
      const wrong = pricesWrong(prices);
      if (wrong !== null) return wrong;
      const startsAt = startOf(now, startsAtMs);
      if (typeof startsAt !== "number") return startsAt;
      const crowded = crowdedBy(view, prices, now);
      if (crowded !== null) return crowded;
      const version = view.version + 1;
      const events = prices.map(({ sku, unitPriceMinor }): Event => ({
        type: "price_set",
        sku,
        unitPriceMinor: minor(unitPriceMinor),
        startsAt,
        version,
      }));
      return { version, events };
    });
  }

  setAvailability(items: readonly ItemAvailability[]): Promise<Authored> {
    return this.#write(() => {
      if (items.length > SOLD_OUT_COUNT_MAX)
        return no("authoring/too_many", `more than ${SOLD_OUT_COUNT_MAX} items at once`);
      const index = items.findIndex(({ sku }) => !isSku(sku));
      if (index >= 0) return no("authoring/item", "the sku is none", index + 1);
      const events = items.map(({ sku, isSoldOut }): Event => ({
        type: "item_availability_set",
        sku,
        isSoldOut,
      }));
      return { version: 0, events };
    });
  }

  setStaff(staff: readonly NewStaff[]): Promise<Authored> {
    return this.#write((view) => {
      const events: Event[] = [];
      for (const [index, its] of staff.entries()) {
        const event = staffEvent(its);
        if (typeof event === "string") return no("authoring/staff", event, index + 1);
        events.push(event);
      }
      const names = new Set([...view.staff.keys(), ...staff.map(({ clerk }) => clerk)]);
      if (names.size > HQ_STAFF_COUNT_MAX)
        return no("authoring/too_many", `terminals keep ${HQ_STAFF_COUNT_MAX} clerks`);
      return { version: 0, events };
    });
  }

  setRules(rules: HouseRules): Promise<Authored> {
    return this.#write(() => {
      const { needsShift, cashRounding, dayStartMinutes } = rules;
      if (dayStartMinutes !== null && !isWhole(dayStartMinutes, 0, MINUTES_OF_DAY - 1))
        return no("authoring/rules", "a day begins 0 to 1439 minutes after midnight");
      if (cashRounding !== null && !isWhole(cashRounding.incrementMinor, 1, CASH_INCREMENT_MINOR_MAX))
        return no("authoring/rules", `cash is rounded to 1 to ${CASH_INCREMENT_MINOR_MAX} minor units`);
      return { version: 0, events: [{ type: "config_set", needsShift, cashRounding, dayStartMinutes }] };
    });
  }

  async view(): Promise<HqView> {
    await this.#options.journal.refresh();
    return this.#options.journal.view;
  }

  async staff(): Promise<readonly StaffWord[]> {
    return [...(await this.view()).staff.values()];
  }

  async availability(): Promise<ReadonlyMap<string, AvailabilitySaid>> {
    await this.#options.journal.refresh();
    return this.#options.journal.availability;
  }

  async said(): Promise<readonly Said[]> {
    await this.#options.journal.refresh();
    return this.#options.journal.said;
  }

  async fileOf(name: Uint8Array): Promise<Uint8Array | null> {
    const { tenant, store } = this.#options;
    const pieces: Uint8Array[] = [];
    for (let offset = 0; offset < BLOB_BYTES_MAX; offset += BLOB_CHUNK_BYTES_MAX) {
      const piece = await store.blobPiece(tenant, hexOf(name), offset);
      pieces.push(piece);
      if (piece.length < BLOB_CHUNK_BYTES_MAX) break;
    }
    const file = new Uint8Array(Buffer.concat(pieces));
    return hexOf(sha256(file)) === hexOf(name) ? file : null;
  }

  async #write(decide: (view: HqView, now: WallMs) => Decided): Promise<Authored> {
    const { journal, nowMs } = this.#options;
    const { decided, tip } = await journal.write((view) => {
      const its = decide(view, wallMs(nowMs()));
      return "events" in its ? { events: its.events, its } : { events: NOTHING, its };
    });
    const { its } = decided;
    if (!("events" in its)) return its;
    if (its.events.length === 0) return no("authoring/nothing", "there is nothing to publish");
    if (tip === null) throw new HqFault("hq/store_failed", "what was written is not there");
    return { ok: true, version: its.version, position: tip };
  }
}

const NOTHING: readonly Event[] = [];

function no(code: AuthoringCode, message: string, row: number | null = null): Refusal {
  return { ok: false, code, message, row };
}

/** When it begins: an immediate start is headquarters' own now. */
function startOf(now: WallMs, startsAtMs: number | null): WallMs | Refusal {
  if (startsAtMs === null) return now;
  if (!Number.isSafeInteger(startsAtMs) || startsAtMs < now || startsAtMs > now + START_AHEAD_MS_MAX)
    return no("authoring/start", "a start lies between now and a year from now");
  return wallMs(startsAtMs);
}

function catalogueWrong(file: Uint8Array): string | null {
  const text = textOf(file);
  if (!text.ok) return text.wrong;
  const read = readCatalogue(text.value, "en");
  return read.ok ? null : read.message;
}

function pricingWrong(document: Uint8Array): string | null {
  const text = textOf(document);
  if (!text.ok) return text.wrong;
  const read = readRules(text.value, "en");
  if (read.ok) return null;
  return read.problems.map(({ code, path, message }) => `${path}: ${message} (${code})`).join("; ");
}

type FileText =
  | { readonly ok: true; readonly value: string }
  | { readonly ok: false; readonly wrong: string };

function textOf(file: Uint8Array): FileText {
  if (file.length === 0 || file.length > BLOB_BYTES_MAX)
    return { ok: false, wrong: `a file has 1 to ${BLOB_BYTES_MAX} bytes` };
  try {
    return { ok: true, value: new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(file) };
  } catch {
    return { ok: false, wrong: "the file is not UTF-8 text" };
  }
}

function pricesWrong(prices: readonly NewPrice[]): Refusal | null {
  if (prices.length > PRICES_COUNT_MAX)
    return no("authoring/too_many", `more than ${PRICES_COUNT_MAX} prices: publish a catalogue`);
  const seen = new Set<string>();
  for (const [index, { sku, unitPriceMinor }] of prices.entries()) {
    if (!isSku(sku)) return no("authoring/price", "the sku is none", index + 1);
    if (seen.has(sku)) return no("authoring/price", `${sku} has two prices`, index + 1);
    seen.add(sku);
    if (!isWhole(unitPriceMinor, 0, UNIT_PRICE_MINOR_MAX))
      return no("authoring/price", "a price is whole minor units from 0", index + 1);
  }
  return null;
}

/** What terminals would let go of is refused here: half of their bound may stand beside the catalogue. */
function crowdedBy(view: HqView, prices: readonly NewPrice[], now: WallMs): Refusal | null {
  const catalogue = view.catalogues.findLast(({ startsAt }) => startsAt <= now);
  const isLive = ({ startsAt, version }: { readonly startsAt: number; readonly version: number }): boolean =>
    catalogue === undefined || startsAt > catalogue.startsAt || version > catalogue.version;
  const live = [...view.prices.values()].reduce((sum, its) => sum + its.filter(isLive).length, 0);
  if (live + prices.length > PRICES_COUNT_MAX)
    return no("authoring/too_many", "too many prices stand beside the catalogue: publish a new one");
  for (const [index, { sku }] of prices.entries()) {
    const toCome = (view.prices.get(sku) ?? []).filter(({ startsAt }) => startsAt > now).length;
    if (toCome + 2 >= HQ_ITEM_PRICES_COUNT_MAX)
      return no("authoring/too_many", `${toCome} prices of ${sku} wait for their start already`, index + 1);
  }
  return null;
}

/** The event, or what is wrong. */
function staffEvent({ clerk, name, rights, pin }: NewStaff): Event | string {
  if (!isClerkId(clerk)) return "a clerk's code is 1 to 16 of A-Z a-z 0-9 _ -";
  if (rights === null) return { type: "staff_removed", clerk };
  if (name.trim() === "" || !fits(name, CLERK_NAME_LENGTH_MAX))
    return `a name has 1 to ${CLERK_NAME_LENGTH_MAX} characters`;
  const known: ClerkGrant["rights"] = RIGHTS.filter((right) => rights.includes(right));
  if (known.length !== rights.length) return `rights are some of ${RIGHTS.join(" ")}, each once`;
  const isPin = pin === null || (pin.salt.length === PIN_SALT_BYTES && pin.hash.length === PIN_HASH_BYTES);
  if (!isPin) return `a PIN is kept as ${PIN_SALT_BYTES} bytes of salt and ${PIN_HASH_BYTES} of scrypt`;
  return { type: "staff_set", clerk, name, rights: known, pin };
}

function isSku(sku: string): boolean {
  return sku !== "" && fits(sku, SKU_TEXT_LENGTH_MAX);
}

/** The name of a file in the store. */
export function hexOf(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString("hex");
}
